"""A mail server on the loopback that takes what it is given, as far as a client's one mail needs it (RFC 5321)."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Mailbox:
    """Where the server listens, and what arrived: (recipients, message) in order.

    `refusing` answers 451 to mails. `replies` are answers of its own by verb (`MAIL`, `RCPT`, `DATA`, and `TEXT` after
    the text of a mail, which it then does not keep); an empty one hangs up instead. `raw` holds the bytes of each mail.
    """

    port: int = 0
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    refusing: bool = False
    replies: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Runs the server while the block does."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 loopback ready")
            recipients: list[str] = []
            for raw in self.rfile:
                line = raw.decode().strip()
                verb = line.partition(" ")[0].partition(":")[0].upper()
                if verb in box.replies:
                    if not box.replies[verb]:
                        return
                    self.say(box.replies[verb])
                elif verb in ("EHLO", "HELO"):
                    self.say("250 loopback")
                elif verb == "MAIL":
                    recipients = []
                    self.say("451 try again later" if box.refusing else "250 go on")
                elif verb == "RCPT":
                    recipients.append(line.partition("<")[2].partition(">")[0])
                    self.say("250 go on")
                elif verb == "DATA":
                    self.say("354 end with a dot")
                    text = self.read_text()
                    if box.replies.get("TEXT") == "":
                        return
                    if "TEXT" not in box.replies:
                        box.raw.append(text)
                        box.mails.append((recipients, email.message_from_bytes(text, policy=email.policy.default)))
                    self.say(box.replies.get("TEXT", "250 taken"))
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 as you like")

        def read_text(self) -> bytes:
            lines = []
            for raw in self.rfile:
                if raw == b".\r\n":
                    break
                # A line that begins with a dot was sent with one more.
                lines.append(raw[1:] if raw.startswith(b".") else raw)
            return b"".join(lines)

        def say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()
