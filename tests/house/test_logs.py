"""What is written down of a request, and what is not."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from qingli.lib import clock, logs
from qingli.lib.jobs.regular import beat
from qingli.web.middleware import RequestLog


def ask(request: HttpRequest, name: str) -> HttpResponse:
    if name == "broken":
        raise ValueError(f"Mrs Example said {request.GET['q']}")
    return HttpResponse(structlog.contextvars.get_contextvars()["request_id"])


urlpatterns = [path("who/<name>/", ask)]


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What the logs' handler writes."""
    handler = next(h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler)
    text = io.StringIO()
    before = handler.setStream(text)
    yield text
    handler.setStream(before)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


@pytest.mark.urls("tests.house.test_logs")
def test_a_request_is_logged_by_its_route_and_id(told: io.StringIO) -> None:
    response = Client().get("/who/secret-link/", {"q": "0912345678"})
    (line,) = [line for line in lines(told.getvalue()) if line["event"] == "request"]
    assert (line["route"], line["status"], line["method"]) == ("who/<name>/", 200, "GET")
    assert line["request_id"] == response["X-Request-ID"] == response.content.decode()
    assert "secret-link" not in told.getvalue()
    assert "0912345678" not in told.getvalue()


@pytest.mark.urls("tests.house.test_logs")
def test_an_error_is_logged_by_where_it_came_from(told: io.StringIO) -> None:
    response = Client(raise_request_exception=False).get("/who/broken/", {"q": "0912345678"})
    assert response.status_code == 500
    (line,) = [line for line in lines(told.getvalue()) if line["event"] == "failed"]
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][-1]
    assert "Mrs Example" not in told.getvalue()
    assert "0912345678" not in told.getvalue()


def test_requests_do_not_share_their_ids() -> None:
    middleware = RequestLog(lambda request: HttpResponse())
    ids = {middleware(RequestFactory().get("/"))["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5


def test_lines_of_other_libraries_are_json_too(told: io.StringIO) -> None:
    logging.getLogger("some.library").warning("careful with %s", "that")
    (line,) = lines(told.getvalue())
    assert (line["event"], line["level"], line["logger"]) == ("careful with that", "warning", "some.library")


def test_places_of_an_error_are_bounded() -> None:
    def deep(level: int) -> None:
        if not level:
            raise ValueError("words")
        deep(level - 1)

    with pytest.raises(ValueError, match="words") as raised:
        deep(50)
    assert len(logs.where(raised.value)) == 12


@pytest.mark.django_db
def test_health_is_yes_or_no(client: Client) -> None:
    assert client.get("/healthz").status_code == 503  # no worker has shown itself
    beat("w", clock.machine())
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert client.post("/healthz").status_code in (403, 405)
