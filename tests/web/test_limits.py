"""What every answer carries, and what is turned away at the door."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.mark.django_db
def test_a_request_that_brings_too_much_is_turned_away_unread(client: Client) -> None:
    """The body would fill the disk before a form could look at its size."""
    answer = client.generic(
        "POST", "/read/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**9)
    )
    assert (answer.status_code, "<h1>" in answer.content.decode()) == (413, True)


@pytest.mark.django_db
def test_a_form_of_many_megabytes_is_refused_plainly(client: Client) -> None:
    words = {"text": "計" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3)}
    assert client.post("/read/", words, content_type="application/x-www-form-urlencoded").status_code in (400, 413)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/nowhere", "/healthz", "/w/nonsense/"])
def test_every_page_says_what_a_browser_may_load(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer["Referrer-Policy"] == "same-origin"
