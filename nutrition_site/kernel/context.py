"""What is true for the request in progress, without passing it through every call."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
