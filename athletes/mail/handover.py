"""Handing one mail to the mail server, and reading its answer for what it is worth."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail import EmailMessage, get_connection

# RFC 5321, 4.2.1: what begins with 5 will be refused again.
PERMANENT = 500
TAKEN = 250


class NotTaken(Exception):
    """The server has not taken the mail. `reply_code` is None when it gave none; `permanent`: it never will be."""

    def __init__(self, reply_code: int | None, *, permanent: bool) -> None:
        self.reply_code, self.permanent = reply_code, permanent
        super().__init__(f"not taken ({reply_code})")


class AnswerLost(Exception):
    """The mail was on its way when the connection broke: the server may have taken it."""


def hand_over(message: EmailMessage) -> int | None:
    """Gives the mail to the server; returns its reply, None where the mail goes to no server.

    Raises NotTaken when it certainly was not taken, AnswerLost when nobody knows. Nothing is tried twice.
    """
    connection: Any = get_connection()
    try:
        connection.open()
    except OSError as error:
        # Also a refused sign-in or a wrong certificate: the operator's to mend, so the mail waits for it.
        raise NotTaken(_code_of(error), permanent=False) from error
    server = getattr(connection, "connection", None)
    begun = _watch(server) if isinstance(server, smtplib.SMTP) else []
    try:
        connection.send_messages([message])
    except OSError as error:
        code = _code_of(error)
        if code is None and begun:
            raise AnswerLost from error
        raise NotTaken(code, permanent=code is not None and code >= PERMANENT) from error
    finally:
        _close(connection)
    return TAKEN if isinstance(server, smtplib.SMTP) else None


def _watch(server: smtplib.SMTP) -> list[bool]:
    """A list that is no longer empty once the text of a mail is being sent (RFC 1047: from here on nobody knows)."""
    begun: list[bool] = []
    data = server.data

    def watched(text: Any) -> tuple[int, bytes]:
        begun.append(True)
        return data(text)

    server.data = watched  # type: ignore[method-assign,assignment]
    return begun


def _code_of(error: OSError) -> int | None:
    """The reply of the server that is in an error of the library, None when it holds none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [int(code) for code, _ in error.recipients.values()]
        return codes[0] if codes else None
    code = getattr(error, "smtp_code", None)
    return int(code) if isinstance(code, int) and 100 <= code <= 999 else None


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError:
        # The mail is answered already; how the connection ends changes nothing.
        return
