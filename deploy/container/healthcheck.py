"""Exit code 0 when the web server here answers `/health/live`, else 1. For HEALTHCHECK: the image has no curl."""

import http.client
import os
import ssl
import sys

TIMEOUT_SECONDS = 4


def main() -> int:
    port = int(os.environ.get("PORT") or 8080)
    connection: http.client.HTTPConnection
    if os.environ.get("TLS_CERT_PATH"):
        # The certificate names the public host, not this loopback address.
        context = ssl._create_unverified_context()  # noqa: S323
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/health/live")
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
