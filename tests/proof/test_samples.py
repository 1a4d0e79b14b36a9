"""Samples: fixed before anybody knows the seed, drawn once, and drawn again by anybody."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from qingli.archive import queries as archive
from qingli.ground.rules import NotAllowedError, SiteType
from qingli.lib.jobs.models import JobKey, Position
from qingli.proof import actions, queries
from qingli.proof.rules import ProofError
from tests.ground.world import World, act
from tests.plan.plans import Running, at
from tests.proof.house import HALF, STANDARD, catch_up, community, result, seen

AUTUMN = at("2026-10-08")
DAY = date(2026, 10, 8)
ASKED: dict[str, Any] = {**STANDARD, **HALF, "criterion": "stairwells-tidy"}


@pytest.fixture
def plan(world: World) -> Running:
    return community(world)


def asked(plan: Running, **more: Any) -> UUID:
    told = {"unit_id": plan.world.units["xl"], **ASKED, **more}
    return actions.draw_sample(**told, **act(plan.clerk, at=AUTUMN)).object_id


def test_the_seed_comes_after_the_request_and_anybody_can_draw_again(plan: Running) -> None:
    sample_id = asked(plan)
    before = queries.sample(plan.clerk, sample_id)
    assert (before.seed, before.sites, before.size, before.frame) == ("", (), 5, 6)
    late = plan.world.site("xl1", SiteType.BUILDING, "後來的樓")
    catch_up()
    drawn = queries.sample(plan.clerk, sample_id)
    (entry, second) = archive.history("sample", sample_id)
    assert archive.sealed_in(entry.id) == (drawn.batch, drawn.seed)
    frame = queries.sample_frame(plan.clerk, sample_id)
    assert late not in frame
    by_hand = sorted(frame, key=lambda site: hashlib.sha256(f"{drawn.seed}:{site}".encode()).hexdigest())
    assert [site.site_id for site in drawn.sites] == by_hand[:5]
    assert entry.body is not None
    assert second.body is not None
    assert entry.body["frame_hash"] == drawn.frame_hash
    assert second.body["seed"] == drawn.seed


def test_it_is_drawn_once_however_often_the_journal_is_read(plan: Running) -> None:
    sample_id = asked(plan)
    catch_up()
    first = queries.sample(plan.clerk, sample_id)
    Position.objects.update(sequence=0)
    JobKey.objects.all().delete()
    catch_up()
    assert queries.sample(plan.clerk, sample_id) == first
    with pytest.raises(ProofError, match="already-drawn"):
        asked(plan)
    with pytest.raises(ProofError, match="already-drawn"):
        asked(plan, size=2)


def test_what_was_found_is_counted_and_can_be_put_right(plan: Running) -> None:
    sample_id = asked(plan)
    catch_up()
    sites = queries.sample(plan.clerk, sample_id).sites

    def look(number: int, outcome: str, words: str = "") -> None:
        actions.check_sample_site(
            sample_site_id=sites[number].id, outcome=outcome, words=words, **act(plan.clerk, at=AUTUMN)
        )

    for number in range(4):
        look(number, "met")
    look(4, "not-seen", "門鎖著")
    assert all("門鎖著" not in str(entry.body) for entry in archive.told("proof."))
    found = result(seen(plan, DAY), "stairwells-tidy")
    assert (found.state, found.n, found.missing) == ("not-enough-data", 4, 1)
    look(4, "not-met", "堆了紙箱")
    found = result(seen(plan, DAY), "stairwells-tidy")
    assert (found.state, found.numerator, found.n) == ("met", 4, 5)
    look(3, "not-met")
    assert result(seen(plan, DAY), "stairwells-tidy").state == "partly"
    assert len(archive.history("sample-site", sites[3].id)) == 2
    with pytest.raises(ProofError, match="bad-outcome"):
        look(0, "splendid")


def test_who_may_not_and_what_cannot_be_drawn(plan: Running) -> None:
    with pytest.raises(NotAllowedError):
        actions.draw_sample(unit_id=plan.world.units["xl"], **ASKED, **act(plan.world.asker("grid")))
    with pytest.raises(NotAllowedError):
        actions.draw_sample(unit_id=plan.world.units["xl"], **ASKED, **act(plan.world.asker("street")))
    for more, code in (({"criterion": "tasks-on-time"}, "not-sampled"), ({"size": 0}, "bad-size")):
        with pytest.raises(ProofError, match=code):
            asked(plan, **more)
    clerk = plan.world.asker("neighbour")
    with pytest.raises(ProofError, match="no-sites"):
        actions.draw_sample(unit_id=plan.world.units["ll"], **ASKED, **act(clerk))
    sample_id = asked(plan)
    catch_up()
    with pytest.raises(NotAllowedError):
        queries.sample(clerk, sample_id)
