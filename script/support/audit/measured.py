"""What an answer cost, told in its headers. Only the servers of benches have this."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

WALL_MS, PROCESSOR_MS, QUERIES = "X-Bench-Wall-Ms", "X-Bench-Processor-Ms", "X-Bench-Queries"


class MeasuredMiddleware:
    """Wall and processor milliseconds of the thread that served a request, and its queries. Goes before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        queries = 0

        def count(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*arguments)

        began, worked = time.perf_counter(), time.thread_time()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[PROCESSOR_MS] = f"{1000 * (time.thread_time() - worked):.2f}"
        response[WALL_MS] = f"{1000 * (time.perf_counter() - began):.2f}"
        response[QUERIES] = str(queries)
        return response
