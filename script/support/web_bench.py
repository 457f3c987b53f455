"""What benches that ask a web server of their own have in common."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time


def wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    """Returns when the server answers."""
    deadline = time.monotonic() + 60
    while child.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    sys.exit("the web server did not start")


def quantile(rows: list[float], share: float) -> float:
    """The value that this share of the sorted rows does not exceed."""
    return rows[min(len(rows) - 1, int(share * len(rows)))]
