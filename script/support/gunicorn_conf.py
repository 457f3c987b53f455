"""gunicorn's configuration, for `script/server` and the container image. `GUNICORN_CMD_ARGS` overrides any of it.

Without Redis there is one process, because the cache lives in it; threads serve the requests. With Redis there are
`WEB_CONCURRENCY` processes (2 by default).
"""

import os

bind = os.environ["ATHLEAT_BIND"]
_shared_cache = bool(os.environ.get("REDIS_URL") or os.environ.get("REDIS_URL_FILE"))
workers = int(os.environ.get("WEB_CONCURRENCY") or 2) if _shared_cache else 1
worker_class = "script.support.gunicorn_worker.BoundedThreadWorker"
# An answer of a model holds a thread while the model thinks. As many as may think at once must leave some for the rest.
_thinking = os.environ.get("MAX_CONCURRENT_AI_REQUESTS", "")
threads = 8 + (int(_thinking) if _thinking.isdigit() else 10)
# A plan is solved within the request; a worker that is silent for longer than this is stuck.
timeout = 90
graceful_timeout = 20
keepalive = 5
certfile = os.environ.get("TLS_CERT_PATH") or None
keyfile = os.environ.get("TLS_KEY_PATH") or None
# The application logs each request itself, with its id and nothing private; gunicorn's own log has query strings.
accesslog = None
loglevel = {"warn": "warning"}.get(
    os.environ.get("LOG_LEVEL", "info").lower(), os.environ.get("LOG_LEVEL", "info").lower()
)
control_socket_disable = True
# Heartbeat files on a disk can stall a worker when the disk does.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

if os.environ.get("ENVIRONMENT") == "production":
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "nutrition_site.logs.RequestIdFilter"}},
        "formatters": {"json": {"()": "nutrition_site.logs.JsonFormatter"}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["request"],
                "stream": "ext://sys.stdout",
            }
        },
        "loggers": {
            "gunicorn.error": {"level": loglevel.upper(), "handlers": ["stdout"], "propagate": False},
            "gunicorn.access": {"level": "CRITICAL", "handlers": ["stdout"], "propagate": False},
        },
        "root": {"level": "WARNING", "handlers": ["stdout"]},
    }
