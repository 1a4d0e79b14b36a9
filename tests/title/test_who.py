"""Who may make which move, with named people; and who sees an application when."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingli.ground.rules import NotAllowedError, visitor
from qingli.title import actions, queries
from qingli.title.models import Application
from tests.ground.world import act
from tests.title.city import City, at

TODAY = date(2026, 6, 9)
EVERYBODY = (
    "clerk", "head", "colleague", "grid", "neighbour", "outsider", "street", "other-street", "district",
    "other-district", "city", "finance", "treasurer", "reviewer", "auditor", "administrator", "resident",
)  # fmt: skip
APPLY = ("clerk", "head")
# the move, the state before it, its day, what else it is told, and all who may
MOVES: tuple[tuple[str, str, date, dict[str, Any], tuple[str, ...]], ...] = (
    ("save_application", "draft", date(2026, 3, 12), {"words": "x"}, APPLY),
    ("submit", "draft", date(2026, 3, 12), {}, APPLY),
    ("endorse", "submitted", date(2026, 4, 2), {}, ("street",)),
    ("return_application", "submitted", date(2026, 5, 11), {"reason": "x"}, ("street", "district")),
    ("recommend", "submitted", date(2026, 5, 11), {}, ("district",)),
    ("recommend", "endorsed", date(2026, 5, 6), {}, ("district",)),
    ("return_application", "endorsed", date(2026, 5, 6), {"reason": "x"}, ("district",)),
    ("return_application", "recommended", date(2026, 6, 1), {"reason": "x"}, ("city",)),
    ("withdraw", "recommended", date(2026, 6, 1), {}, APPLY),
    ("decline", "recommended", date(2026, 6, 1), {"reason": "x"}, ("city",)),
    ("name_title", "posted", TODAY, {}, ("city",)),
)


@pytest.mark.parametrize(
    ("name", "state", "day", "more", "able"), MOVES, ids=[f"{row[0]}-{row[1]}-{row[4][0]}" for row in MOVES]
)
def test_each_move_is_of_those_whose_it_is(
    city: City, name: str, state: str, day: date, more: dict[str, Any], able: tuple[str, ...]
) -> None:
    application = city.until(state)
    for short in EVERYBODY:
        if short not in able:
            with pytest.raises(NotAllowedError):
                city.do(name, application, short, day, **more)
    with pytest.raises(NotAllowedError):
        getattr(actions, name)(application_id=application, **more, **act(visitor("r"), None, at(day)))
    assert Application.objects.get().state == state
    city.do(name, application, able[0], day, **more)


def test_only_the_city_sets_up_opens_posts(city: City) -> None:
    application = city.until("recommended")
    for short in EVERYBODY:
        if short == "city":
            continue
        with pytest.raises(NotAllowedError):
            actions.change_standard(cycle_id=city.cycle, version="1.1", **city.by(short, TODAY))
        with pytest.raises(NotAllowedError):
            actions.post_candidates(
                cycle_id=city.cycle, application_ids=[application], title="x", body="x", **city.by(short, TODAY)
            )
        with pytest.raises(NotAllowedError):
            actions.set_up_programme(
                unit_id=city.unit("qj"),
                name="x",
                issuing_body="x",
                approval_document="x",
                approval_date=date(2026, 1, 1),
                **city.by(short, TODAY),
            )


def readers(city: City, application: UUID) -> set[str]:
    able = set()
    for short in EVERYBODY:
        try:
            queries.application(city.world.asker(short), application, today=TODAY)
            able.add(short)
        except NotAllowedError:
            pass
    return able


def test_a_draft_is_the_communitys_own_until_it_is_handed_in(city: City) -> None:
    application = city.until("draft")
    assert readers(city, application) == {"clerk", "head", "colleague"}
    assert queries.applications_below(city.world.asker("street"), city.unit("hl"), today=TODAY).others == ()
    city.do("submit", application, "clerk", date(2026, 3, 20))
    above = {"street", "district", "city", "reviewer", "finance", "treasurer", "auditor"}
    assert readers(city, application) == {"clerk", "head", "colleague", *above}


def test_lists_are_of_ones_own_territory(city: City) -> None:
    city.until("submitted")

    def listed(short: str, unit: str, day: date = date(2026, 4, 1)) -> tuple[int, int]:
        page = queries.applications_below(city.world.asker(short), city.unit(unit), today=day)
        return len(page.waiting), len(page.others)

    assert listed("street", "hl") == (1, 0)
    assert listed("district", "nan") == (0, 1)
    assert listed("district", "nan", date(2026, 5, 11)) == (1, 0)  # the street has let its time go by
    assert listed("city", "qj") == (0, 1)
    assert listed("other-district", "bei") == (0, 0)
    for short, unit in (("other-street", "hl"), ("other-district", "nan"), ("grid", "xl1"), ("clerk", "hl")):
        with pytest.raises(NotAllowedError):
            listed(short, unit)
    for short in ("neighbour", "grid", "resident"):
        with pytest.raises((NotAllowedError, queries.NotFoundError)):
            queries.openings(city.world.asker(short), city.unit(), today=TODAY)


def test_lists_and_pages_cost_the_same_at_any_length(city: City) -> None:
    def cost() -> list[int]:
        found = []
        for ask in (
            lambda: queries.applications_below(city.world.asker("city"), city.unit("qj"), today=TODAY),
            lambda: queries.openings(city.world.asker("clerk"), city.unit(), today=TODAY),
            lambda: queries.register(today=TODAY),
            lambda: queries.awards_due(city.world.asker("finance"), city.unit("qj")),
            lambda: queries.titles_of_unit(city.world.asker("clerk"), city.unit(), today=TODAY),
        ):
            with CaptureQueriesContext(connection) as asked:
                ask()
            found.append(len(asked))
        return found

    city.until("named")
    before = cost()
    second = city.until("recommended", "ll", "neighbour")
    city.post(second)
    city.do("name_title", second, "city", TODAY)
    city.district_title("ht", "other-district")
    assert cost() == before
