"""No page is left out: whatever answers to GET is looked at in a journey, or is named as something that is no page."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.journeys import pages

UUID = "0190b2a0-0000-7000-8000-000000000001"


class Anything(dict[str, str]):
    """Fills any gap in an address."""

    def __missing__(self, name: str) -> str:
        return UUID


def looked_at() -> set[str]:
    """The routes of the addresses that the journeys go to."""
    unit = f"/w/{UUID}/"
    own = [*pages.PLAN_AND_WORK, *pages.OF_THE_STREET, *(f"proof/{path}" for path in pages.PROOF)]
    paths = [*pages.OPEN, *pages.ROOMS_OPEN, *(unit + path for path in own)]
    paths += [path for some in pages.ROOMS.values() for path in some]
    return {resolve(path.format_map(Anything()).partition("?")[0]).route for path in paths if path != "/nowhere/"}


class Address(NamedTuple):
    """`desk:plan`, `w/<uuid:unit_id>/plans/<uuid:plan_id>/`, and what answers there."""

    name: str
    route: str
    view: Callable[..., HttpResponse]


def addresses(patterns: Sequence[URLPattern | URLResolver], before: str = "", space: str = "web") -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^" if before else "")
        if isinstance(pattern, URLPattern):
            yield Address(f"{space}:{pattern.name}", route, pattern.callback)
        else:
            yield from addresses(pattern.url_patterns, route, pattern.namespace or space)


def answers_to_get(view: Callable[..., HttpResponse]) -> bool:
    """A view for POST alone refuses before it looks at anything; the others go on to ask for whom and for what."""
    try:
        return view(RequestFactory().get("/")).status_code != 405
    except (AttributeError, TypeError):
        return True


def test_every_page_is_looked_at() -> None:
    seen, every = looked_at(), list(addresses(get_resolver().url_patterns))
    assert len(every) > 100
    unseen = [one for one in every if one.route not in seen]
    pages_left = {one.name for one in unseen if one.name not in pages.NOT_PAGES and answers_to_get(one.view)}
    assert pages_left == set()
    assert pages.NOT_PAGES.keys() <= {one.name for one in unseen}, "a reason that is no longer needed"
