"""What every request passes through first."""

import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from qingli.lib import logs

log = logs.get("qingli.request")


class RequestLog:
    """Give every request an id and log its route, status and duration.

    The route is logged, not the address: addresses carry what people search for and the secret of a calendar link.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        request_id = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.route if match else None,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - start) * 1000, 1),
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log where an unexpected error came from; its text may quote what somebody typed, so it stays out."""
        log.error("failed", error=type(exception).__name__, where=logs.where(exception))
