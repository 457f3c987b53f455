"""JSON log lines. Only named fields leave: no body, no header, no health value, at any level."""

from __future__ import annotations

import logging
from typing import Any

from pythonjsonlogger.json import JsonFormatter as BaseFormatter

from nutrition_site.kernel.context import request_id


class RequestIdFilter(logging.Filter):
    """Adds the id of the request in progress."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not getattr(record, "request_id", ""):
            # Django reports a failed answer after the middleware has let go of the id; the request still knows it.
            request = getattr(record, "request", None)
            record.request_id = request_id.get() or getattr(request, "request_id", "")
        return True


class RouteFilter(logging.Filter):
    """Django's own lines name a request by its route: the path of a feed or of a shared list is the key to it."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            route = getattr(getattr(request, "resolver_match", None), "route", None) or "no such path"
            # Some versions of Django escape what they log.
            told = {path, path.encode("unicode_escape").decode("ascii")}
            record.args = tuple(route if value in told else value for value in record.args)
        return True


class JsonFormatter(BaseFormatter):
    """`{"time", "level", "logger", "message", "request_id", …}`, one object a line.

    The text of an exception may quote what somebody typed, so only its type and the code places are kept.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s", **kwargs)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        super().add_fields(log_data, record, message_dict)
        log_data["time"] = log_data.pop("asctime", None) or self.formatTime(record)
        log_data["level"] = str(log_data.pop("levelname", record.levelname)).lower()
        log_data["logger"] = log_data.pop("name", record.name)
        for unwanted in ("taskName", "request", "server_time", "color_message"):
            log_data.pop(unwanted, None)

    def formatException(self, ei: Any) -> str:
        kind, _, trace = ei
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return f"{kind.__name__ if kind else 'error'} at " + " > ".join(places[-12:])
