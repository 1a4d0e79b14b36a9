"""Notices: posted, proved, withdrawn; who may; what the rooms above ask."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from qingli.archive import queries as archive
from qingli.archive.actions import Taken, take_file
from qingli.board import actions, queries
from qingli.board.models import Notice, Posting
from qingli.board.rules import BoardError, NotFoundError, NoticeKind, Outcome, Subject
from qingli.ground.rules import GroundError, NotAllowedError
from tests.board.notices import TEXT, at, objected, posted
from tests.ground.world import Envelope, World, act


@pytest.fixture
def photo(settings: Any, tmp_path: Any) -> Taken:
    settings.FILES_ROOT = tmp_path / "files"
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(buffer, "JPEG")
    return take_file(content=buffer.getvalue(), name="公告欄.jpg", accept={"image/jpeg"})


def test_goals_are_posted_and_everybody_reads_them(world: World) -> None:
    notice_id = posted(world)
    clerk = world.asker("clerk")
    view = queries.notice(clerk, notice_id, today=date(2026, 7, 10))
    assert (view.body, view.line.state, view.line.days_left) == (TEXT, "open", 4)
    assert (view.by_days, view.by_working, view.standing.working_days) == (date(2026, 7, 13), date(2026, 7, 13), 5)
    public = queries.public_notice(view.line.slug, today=date(2026, 7, 10))
    assert (public.body, public.line.unit_name, public.replies, public.places) == (TEXT, "杏林社區", 0, ())
    assert [one.id for one in queries.public_notices(today=date(2026, 7, 13)).rows] == [notice_id]
    assert queries.public_notices(today=date(2026, 7, 14)).rows == ()
    assert [one.id for one in queries.public_notices(today=date(2026, 7, 14), past=True).rows] == [notice_id]
    assert queries.public_notices(today=date(2026, 7, 10), unit_id=world.units["ll"]).rows == ()


def test_the_year_that_nobody_knows(world: World) -> None:
    with pytest.raises(BoardError, match="rest-days-unknown"):
        posted(world, on="2026-12-28")
    notice_id = posted(world, on="2026-12-28", ends_on=date(2027, 1, 6))
    view = queries.notice(world.asker("clerk"), notice_id, today=date(2026, 12, 28))
    assert (view.ends_told, view.by_working, view.line.working_days) == (True, None, None)


@pytest.mark.parametrize("who", ["neighbour", "street", "district", "grid", "outsider", "resident", "administrator"])
def test_only_those_of_the_unit_post_prove_and_withdraw(world: World, who: str) -> None:
    with pytest.raises(NotAllowedError):
        posted(world, who=who)
    notice_id = posted(world)
    somebody = act(world.asker(who), at=at("2026-07-06"))
    with pytest.raises(NotAllowedError):
        actions.prove_posting(notice_id=notice_id, place="公告欄", **somebody)
    with pytest.raises(NotAllowedError):
        actions.withdraw_notice(notice_id=notice_id, reason="寫錯", **somebody)
    assert (Notice.objects.count(), Posting.objects.count()) == (1, 0)
    assert Notice.objects.get().withdrawn_at is None


def test_who_reads_the_desk_s_pages(world: World) -> None:
    notice_id = posted(world)
    today = date(2026, 7, 6)
    for who, answers in (("clerk", True), ("head", True), ("colleague", False)):
        view = queries.notice(world.asker(who), notice_id, today=today)
        assert (view.may_answer, view.may_post) == (answers, answers)
        assert queries.notices_of_unit(world.asker(who), world.units["xl"], today=today).current[0].id == notice_id
    for who in ("neighbour", "street", "grid", "outsider", "resident"):
        with pytest.raises(NotAllowedError):
            queries.notice(world.asker(who), notice_id, today=today)
        with pytest.raises(NotAllowedError):
            queries.replies(world.asker(who), notice_id)
        with pytest.raises(NotAllowedError):
            queries.notices_of_unit(world.asker(who), world.units["xl"], today=today)


def test_proof_of_posting_has_a_place_and_at_most_a_photo(world: World, photo: Taken) -> None:
    notice_id = posted(world)
    clerk = world.asker("clerk")
    actions.prove_posting(notice_id=notice_id, place="一號樓公告欄", photo=photo, **act(clerk, at=at("2026-07-06")))
    actions.prove_posting(notice_id=notice_id, place="居委會門口", **act(clerk, at=at("2026-07-07")))
    with pytest.raises(BoardError, match="place-already-told"):
        actions.prove_posting(notice_id=notice_id, place="居委會門口", **act(clerk, at=at("2026-07-07")))
    ahead: Envelope = {**act(clerk, at=at("2026-07-07")), "happened_at": at("2026-07-08")}
    with pytest.raises(BoardError, match="hung-in-future"):
        actions.prove_posting(notice_id=notice_id, place="南門", **ahead)
    first, second = queries.notice(clerk, notice_id, today=date(2026, 7, 7)).postings
    assert (first.place, second.place, second.photo_id) == ("一號樓公告欄", "居委會門口", None)
    assert first.photo_id is not None
    assert archive.stored_file(first.photo_id) is not None
    assert queries.public_notice(_slug(notice_id), today=date(2026, 7, 7)).places == ("一號樓公告欄", "居委會門口")


def test_a_withdrawn_notice_is_never_over(world: World) -> None:
    notice_id = posted(world)
    clerk = world.asker("clerk")
    with pytest.raises(BoardError, match="no-withdrawal-reason"):
        actions.withdraw_notice(notice_id=notice_id, reason=" ", **act(clerk, at=at("2026-07-07")))
    actions.withdraw_notice(notice_id=notice_id, reason="水箱數目寫錯，另行公示", **act(clerk, at=at("2026-07-07")))
    standing = queries.standing(notice_id, today=date(2026, 7, 20))
    assert (standing.over, standing.withdrawn, standing.clear, standing.days_left) == (False, True, False, 0)
    with pytest.raises(BoardError, match="notice-withdrawn"):
        actions.withdraw_notice(notice_id=notice_id, reason="再撤", **act(clerk, at=at("2026-07-08")))
    with pytest.raises(BoardError, match="notice-withdrawn"):
        actions.prove_posting(notice_id=notice_id, place="南門", **act(clerk, at=at("2026-07-08")))
    assert queries.public_notice(_slug(notice_id), today=date(2026, 7, 8)).withdrawn_why == "水箱數目寫錯，另行公示"


def test_sent_twice_it_hangs_once(world: World) -> None:
    envelope = act(world.asker("clerk"), at=at("2026-07-06"))
    facts: dict[str, Any] = {
        "unit_id": world.units["xl"],
        "kind": NoticeKind.GOALS,
        "title": "目標",
        "body": TEXT,
        "opens_on": date(2026, 7, 6),
    }
    first = actions.post_notice(**facts, **envelope)
    again = actions.post_notice(**facts, **envelope)
    assert (again.object_id, again.replayed, Notice.objects.count()) == (first.object_id, True, 1)


def test_a_refused_notice_leaves_nothing_behind(world: World) -> None:
    twice = Subject(uuid4(), "杏林社區")
    wrong: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"title": " "}, GroundError),
        ({"body": "長" * 20_001}, GroundError),
        ({"subjects": (twice, twice)}, BoardError),
        ({"opens_on": date(2026, 7, 5)}, BoardError),
    )
    for more, error in wrong:
        with pytest.raises(error):
            posted(world, **more)
    with pytest.raises(NotFoundError):
        actions.post_notice(
            unit_id=uuid4(),
            kind=NoticeKind.GOALS,
            title="目標",
            body=TEXT,
            opens_on=date(2026, 7, 6),
            **act(world.asker("clerk"), at=at("2026-07-06")),
        )
    assert Notice.objects.count() == 0


def test_goals_as_proof(world: World) -> None:
    first, withdrawn, second = posted(world), posted(world), posted(world, on="2026-09-28")
    posted(world, kind=NoticeKind.INFORMATION)
    clerk = world.asker("clerk")
    actions.prove_posting(notice_id=first, place="公告欄", **act(clerk, at=at("2026-07-06")))
    actions.withdraw_notice(notice_id=withdrawn, reason="重複", **act(clerk, at=at("2026-07-06")))
    found = queries.goal_postings(
        world.units["xl"], since=date(2026, 7, 1), until=date(2026, 9, 29), today=date(2026, 10, 10)
    )
    assert [(one.notice_id, one.calendar_days, one.working_days, one.over, one.proved) for one in found] == [
        (first, 7, 5, True, True),
        (second, 12, 5, False, False),
    ]
    assert not queries.goal_postings(
        world.units["xl"], since=date(2026, 7, 7), until=date(2026, 9, 28), today=date(2026, 10, 10)
    )


def test_a_place_that_was_told_for_a_later_day_is_no_proof_of_the_whole_window(world: World) -> None:
    notice_id, clerk = posted(world), world.asker("clerk")

    def proved() -> bool:
        (one,) = queries.goal_postings(
            world.units["xl"], since=date(2026, 7, 1), until=date(2026, 8, 1), today=date(2026, 8, 1)
        )
        return one.over and one.proved

    later: Envelope = {**act(clerk, at=at("2026-07-20")), "happened_at": at("2026-07-08")}
    actions.prove_posting(notice_id=notice_id, place="南門", **later)
    assert not proved()
    early: Envelope = {**act(clerk, at=at("2026-07-20")), "happened_at": at("2026-07-07")}
    actions.prove_posting(notice_id=notice_id, place="公告欄", **early)
    assert proved()


def test_pages_of_notices_and_their_queries(world: World, django_assert_num_queries: Any) -> None:
    old = [posted(world, on=f"2026-04-{n:02}") for n in range(1, 8)]
    hanging = posted(world)
    coming = posted(world, on="2026-07-06", opens_on=date(2026, 7, 20))
    objected(hanging)
    clerk, unit, today, slug = world.asker("clerk"), world.units["xl"], date(2026, 7, 8), _slug(hanging)
    with django_assert_num_queries(3):
        page = queries.notices_of_unit(clerk, unit, today=today, limit=3)
    assert [one.id for one in page.current] == [coming, hanging]
    assert [(one.unanswered, one.objections, one.replies) for one in page.current] == [(0, 0, 0), (1, 1, 1)]
    found = list(page.past)
    while page.after:
        page = queries.notices_of_unit(clerk, unit, today=today, after=page.after, limit=3)
        assert page.current == ()
        found += page.past
    assert [one.id for one in found] == old[::-1]
    with django_assert_num_queries(1):
        assert [one.id for one in queries.public_notices(today=today).rows] == [hanging]
    with django_assert_num_queries(3):
        queries.public_notice(slug, today=today)
    with django_assert_num_queries(3):
        queries.notice(clerk, hanging, today=today)
    with django_assert_num_queries(2):
        queries.standing(hanging, today=today)


def test_faults_are_seen(world: World) -> None:
    notice_id = posted(world)
    reply_id = objected(notice_id)
    clerk = world.asker("clerk")
    actions.prove_posting(notice_id=notice_id, place="公告欄", **act(clerk, at=at("2026-07-06")))
    actions.answer_reply(reply_id=reply_id, outcome=Outcome.UPHELD, reason="已補上", **act(clerk, at=at("2026-07-09")))
    assert list(queries.faults()) == []
    Notice.objects.filter(pk=notice_id).update(ends=date(2026, 7, 8), body="目標改了")
    Posting.objects.all().delete()
    (fault,) = queries.faults()
    assert fault.startswith(f"notice {notice_id}: ")


def test_the_database_keeps_the_rules(world: World) -> None:
    notice = Notice.objects.get(pk=posted(world))
    for wrong in ({"ends": notice.opens}, {"kind": "gossip"}, {"withdrawn_why": "x"}, {"about_type": "plan"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**wrong)


def _slug(notice_id: Any) -> str:
    return Notice.objects.values_list("slug", flat=True).get(pk=notice_id)
