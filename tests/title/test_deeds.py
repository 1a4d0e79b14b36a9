"""An application from its beginning to the money, and everything that can go wrong on the way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from qingli.archive.models import Entry
from qingli.archive.queries import history
from qingli.board import actions as board
from qingli.board.rules import Outcome
from qingli.ground import actions as ground
from qingli.ground.models import Unit
from qingli.ground.rules import GroundError, NotAllowedError, Role, UnitKind
from qingli.ledger import queries as books
from qingli.ledger.rules import LedgerError
from qingli.proof.queries import standards
from qingli.title import actions, queries
from qingli.title.models import Application, Cycle, Programme, Title
from qingli.title.rules import TitleError
from tests.ground.world import act
from tests.title.city import DISTRICT_DAY, STANDARD, WINDOWS, City, open_cycle

TODAY = date(2026, 6, 9)


def code_of(error: pytest.ExceptionInfo[TitleError]) -> str:
    return error.value.code


def view(city: City, application: object, short: str = "clerk", day: date = TODAY) -> queries.ApplicationView:
    return queries.application(city.world.asker(short), application, today=day)  # type: ignore[arg-type]


def test_the_whole_way_and_what_the_journal_makes_of_it(city: City) -> None:
    application = city.until("named")
    title = Title.objects.get(application_id=application)
    assert (title.named_on, title.valid_until) == (TODAY, date(2029, 6, 8))
    source, fund = city.accounts()
    for part in ("environment", "energy"):
        actions.pay_award(
            title_id=title.id, part=part, from_account_id=source, to_account_id=fund, **city.by("finance", TODAY)
        )
    assert {(row.account_id, row.amount) for row in books.balances(city.unit("xl"))} == {(fund, 2_000_000)}
    kinds = [entry.kind for entry in history("application", application)]
    assert kinds == ["title.begun", "title.submitted", "title.endorsed", "title.recommended", "title.posted"]
    days = {entry.kind: entry.body["days"] for entry in history("application", application)[1:] if entry.body}
    assert days == {"title.submitted": 41, "title.endorsed": 38, "title.recommended": 25, "title.posted": 213}
    assert list(queries.faults()) == []
    assert list(books.faults()) == []


def test_a_table_that_says_something_else_than_the_journal_is_noticed(city: City) -> None:
    application = city.until("named")
    Application.objects.filter(pk=application).update(state="declined")
    Title.objects.filter(application_id=application).update(number="2026-9999-9")
    told = list(queries.faults())
    assert len(told) == 2
    assert "declined" in told[0]
    assert "2026-9999-9" in told[1]


def test_after_the_deadline_it_is_told_until_when_it_was(city: City) -> None:
    with pytest.raises(TitleError) as caught:
        city.begin(day=date(2026, 5, 1))
    assert (code_of(caught), caught.value.facts) == ("window-closed", {"until": date(2026, 4, 30)})
    application = city.begin(day=date(2026, 4, 30))
    with pytest.raises(TitleError, match="window-closed"):
        city.do("submit", application, "clerk", date(2026, 5, 1))
    assert Application.objects.get().state == "draft"


def test_for_another_community_it_is_not_allowed(city: City) -> None:
    with pytest.raises(NotAllowedError):
        city.begin("xl", "neighbour")
    application = city.until("draft")
    for name, more in (("save_application", {"words": "x"}), ("submit", {}), ("withdraw", {})):
        with pytest.raises(NotAllowedError):
            city.do(name, application, "neighbour", date(2026, 3, 20), **more)


def test_without_a_district_title_nobody_begins(city: City) -> None:
    with pytest.raises(TitleError, match="no-district-title"):
        city.begin("ht", "outsider")
    city.district_title("ht", "other-district")
    city.begin("ht", "outsider")


def test_three_years_count_from_the_day_of_naming(city: City) -> None:
    city.city_title(date(2023, 3, 21), day=date(2026, 3, 3))
    with pytest.raises(TitleError, match="named-within-three-years") as caught:
        city.begin(day=date(2026, 3, 20))
    assert caught.value.facts == {"from": date(2026, 3, 21)}
    told = queries.eligibility(city.world.asker("clerk"), city.cycle, city.unit(), today=date(2026, 3, 20))
    assert (told.may, told.from_day) == (False, date(2026, 3, 21))
    city.begin(day=date(2026, 3, 21))


def test_a_title_that_was_entered_late_still_bars_naming(city: City) -> None:
    application = city.until("posted")
    city.city_title(date(2024, 5, 5), day=date(2026, 6, 8))
    with pytest.raises(TitleError, match="named-within-three-years"):
        city.do("name_title", application, "city", TODAY)
    assert Application.objects.get().state == "posted"


def test_a_second_application_of_the_same_unit(city: City) -> None:
    city.until("draft")
    with pytest.raises(TitleError, match="already-applied"):
        city.begin()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            cycle_id=city.cycle, unit_id=city.unit(), standard_id="x", standard_version="1", moved_on=TODAY
        )


def test_sent_twice_it_is_done_once(city: City) -> None:
    application, key = city.until("draft"), uuid4()
    before = Entry.objects.count()
    first = actions.submit(application_id=application, **city.by("clerk", date(2026, 3, 20), key))
    again = actions.submit(application_id=application, **city.by("clerk", date(2026, 3, 20), key))
    assert (first.replayed, again.replayed, first.entry_id) == (False, True, again.entry_id)
    assert Entry.objects.count() == before + 2  # the assessment and the application


def test_the_standard_of_the_first_save_stays_and_new_drafts_take_the_new_one(city: City) -> None:
    assert {version for name, version in standards() if name == STANDARD} >= {"1.0", "1.1"}
    old = city.until("draft")
    actions.change_standard(cycle_id=city.cycle, version="1.1", **city.by("city", date(2026, 3, 12)))
    new = city.begin("ll", "neighbour", date(2026, 3, 13))
    city.do("submit", old, "clerk", date(2026, 3, 20))
    kept = view(city, old)
    assert kept.assessment is not None
    assert (kept.standard_version, kept.newer, kept.assessment.standard.version) == ("1.0", "1.1", "1.0")
    assert (view(city, new, "neighbour").standard_version, view(city, new, "neighbour").newer) == ("1.1", "")
    for version, code in (("9.9", "standard-unknown"), ("1.1", "standard-the-same")):
        with pytest.raises(TitleError, match=code):
            actions.change_standard(cycle_id=city.cycle, version=version, **city.by("city", date(2026, 3, 12)))


def test_nobody_is_named_while_the_notice_hangs(city: City) -> None:
    application = city.until("posted")
    with pytest.raises(TitleError, match="notice-not-over") as caught:
        city.do("name_title", application, "city", date(2026, 6, 8))
    assert caught.value.facts == {"until": date(2026, 6, 8)}


def test_a_notice_hangs_through_its_last_day_where_it_hangs_not_where_the_applicant_lives(city: City) -> None:
    application = city.until("posted")
    Unit.objects.filter(pk=city.unit()).update(time_zone="Asia/Tokyo")
    late = datetime(2026, 6, 8, 15, 30, tzinfo=UTC)  # half past eleven at night in the city, past midnight in Tokyo
    with pytest.raises(TitleError, match="notice-not-over"):
        actions.name_title(application_id=application, **act(city.world.asker("city"), None, late))


def test_an_objection_of_the_last_second_has_time_to_arrive(city: City) -> None:
    application = city.until("posted")
    midnight = datetime(2026, 6, 8, 16, 0, tzinfo=UTC)
    by = city.world.asker("city")
    with pytest.raises(TitleError, match="notice-not-over"):
        actions.name_title(application_id=application, **act(by, None, midnight + timedelta(seconds=59)))
    actions.name_title(application_id=application, **act(by, None, midnight + timedelta(seconds=60)))


def test_an_objection_holds_up_the_one_it_names_and_no_other(city: City) -> None:
    first, second = city.until("recommended"), city.until("recommended", "ll", "neighbour")
    notice = city.post(first, second)
    reply = city.object(notice, first)
    city.do("name_title", second, "city", TODAY)
    with pytest.raises(TitleError, match="objection-open"):
        city.do("name_title", first, "city", TODAY)
    city.answer(reply, Outcome.REJECTED)
    city.do("name_title", first, "city", TODAY)
    assert Title.objects.filter(application__isnull=False).count() == 2


def test_after_an_upheld_objection_it_can_only_be_declined(city: City) -> None:
    application = city.until("recommended")
    city.answer(city.object(city.post(application), None), Outcome.UPHELD)
    with pytest.raises(TitleError, match="objection-upheld"):
        city.do("name_title", application, "city", TODAY)
    with pytest.raises(TitleError, match="reason-needed"):
        city.do("decline", application, "city", TODAY, reason=" ")
    city.do("decline", application, "city", TODAY, reason="異議屬實")
    assert view(city, application).line.state == "declined"


def test_a_notice_that_was_withdrawn_is_posted_anew(city: City) -> None:
    application = city.until("recommended")
    notice = city.post(application)
    with pytest.raises(TitleError, match="posted-already"):
        city.post(application, day=date(2026, 6, 2))
    board.withdraw_notice(notice_id=notice, reason="名單有誤", **city.by("city", date(2026, 6, 2)))
    with pytest.raises(TitleError, match="notice-gone"):
        city.do("name_title", application, "city", TODAY)
    assert city.post(application, day=date(2026, 6, 3)) != notice
    city.do("name_title", application, "city", date(2026, 6, 11))


def test_another_city_names_nobody_in_this_ones_programme(city: City) -> None:
    application = city.until("posted")
    city.world.unit("other", UnitKind.CITY, "白江市")
    city.world.unit("od", UnitKind.DISTRICT, "白東區", "other")
    city.world.person("other-city", "鄭望舒", "other", Role.CITY_OFFICE)
    ground.move_unit(unit_id=city.unit("hl"), parent_id=city.unit("od"), **act())
    with pytest.raises(TitleError, match="unit-kind"):
        city.do("name_title", application, "other-city", TODAY)


def test_named_once(city: City) -> None:
    application = city.until("named")
    with pytest.raises(TitleError, match="move-not-open"):
        city.do("name_title", application, "city", TODAY)
    assert Title.objects.filter(application_id=application).count() == 1


def test_no_more_than_the_quota(city: City) -> None:
    Cycle.objects.filter(pk=city.cycle).update(quota=1)
    first, second = city.until("recommended"), city.until("recommended", "ll", "neighbour")
    city.post(first, second)
    city.do("name_title", first, "city", TODAY)
    with pytest.raises(TitleError, match="quota-exceeded"):
        city.do("name_title", second, "city", TODAY)
    assert queries.quota_left(city.cycle) == 0


def test_each_part_is_paid_once_and_only_into_a_fund_of_the_community(city: City) -> None:
    city.until("named")
    title, (source, fund) = Title.objects.get(application__isnull=False), city.accounts()

    def pay(part: str = "energy", to: object = fund, short: str = "finance") -> None:
        actions.pay_award(
            title_id=title.id,
            part=part,
            from_account_id=source,
            to_account_id=to,  # type: ignore[arg-type]
            **city.by(short, TODAY),
        )

    for short in ("city", "treasurer", "clerk", "district", "auditor"):
        with pytest.raises(NotAllowedError):
            pay(short=short)
    with pytest.raises(TitleError, match="account-elsewhere"):
        pay(to=source)
    with pytest.raises(TitleError, match="no-such-part"):
        pay("culture")
    assert [due.paid for due in queries.awards_due(city.world.asker("finance"), city.unit("qj"))] == [False, False]
    pay()
    with pytest.raises(LedgerError, match="already-booked"):
        pay()
    due = queries.awards_due(city.world.asker("finance"), city.unit("qj"))
    assert [(one.part, one.amount, one.paid) for one in due] == [
        ("environment", 1_000_000, False),
        ("energy", 1_000_000, True),
    ]
    pay("environment")
    earmark = books.earmark_of_source("title", title.id)
    assert earmark is not None
    assert (earmark.received, earmark.left, earmark.unit_id) == (2_000_000, 2_000_000, city.unit("xl"))
    with pytest.raises(NotAllowedError):
        queries.awards_due(city.world.asker("city"), city.unit("qj"))


def test_it_never_costs_a_fee(city: City) -> None:
    assert Programme.objects.get().fee == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.update(fee=1)


def test_sent_back_it_may_be_put_right_also_after_the_window(city: City) -> None:
    application = city.until("endorsed")
    city.do("return_application", application, "district", date(2026, 5, 5), reason="請補水箱清洗記錄")
    seen = view(city, application, day=date(2026, 5, 6))
    assert (seen.line.state, seen.line.reason, seen.mend_until) == ("returned", "請補水箱清洗記錄", date(2026, 5, 15))
    with pytest.raises(TitleError, match="window-closed"):
        city.do("submit", application, "clerk", date(2026, 5, 16))
    city.do("submit", application, "clerk", date(2026, 5, 15))
    assert view(city, application).line.state == "submitted"


def test_withdrawn_it_is_nobodys_above_once_it_is_taken_up_again(city: City) -> None:
    application = city.until("submitted")
    city.do("withdraw", application, "head", date(2026, 3, 25))
    city.do("resume", application, "clerk", date(2026, 3, 26))
    with pytest.raises(NotAllowedError):
        view(city, application, "street")
    city.do("submit", application, "clerk", date(2026, 3, 27))
    assert view(city, application, "street").line.state == "submitted"
    assert list(queries.faults()) == []


def test_the_one_free_text_may_be_left_out_and_is_not_too_long(city: City) -> None:
    application = city.until("draft")
    with pytest.raises(GroundError, match="text-too-long"):
        city.do("save_application", application, "clerk", date(2026, 3, 11), words="環" * 20_000)
    city.do("save_application", application, "clerk", date(2026, 3, 11), words="一\n二")
    entry = history("application", application)[-1]
    assert (entry.kind, entry.body) == ("title.saved", {"words": 3})
    assert view(city, application).words == "一\n二"


def test_what_was_handed_in_stays_as_it_was(city: City) -> None:
    application = city.until("draft")
    assert view(city, application).known["sites"] == {}
    city.do("submit", application, "clerk", date(2026, 3, 20))
    city.world.person("new", "新來的", "xl")
    seen = view(city, application, "street")
    assert seen.frozen
    assert seen.known == {
        "unit": "杏林社區",
        "above": ["青江市", "南湖區", "鶴林街道"],
        "sites": {},
        "posts": 6,
        "plan": "",
    }
    assert seen.assessment is not None
    assert len(seen.assessment.results) == 10


def test_a_title_from_a_paper_is_entered_once_and_not_of_tomorrow(city: City) -> None:
    with pytest.raises(TitleError, match="title-already-there"):
        city.district_title()
    wanted = {"unit_id": city.unit(), "name": "x", "goal": "named", "issuing_body": "x", "document": "x"}
    for more, code in (
        ({"level": "district", "named_on": date(2026, 3, 3)}, "title-in-future"),
        ({"level": "street", "named_on": DISTRICT_DAY}, "level-unknown"),
        ({"level": "district", "named_on": date(2025, 1, 1), "valid_until": date(2024, 1, 1)}, "title-ends-early"),
    ):
        with pytest.raises(TitleError, match=code):
            actions.register_title(**wanted, **more, **city.by("district", date(2026, 3, 2)))  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError):
        actions.register_title(**wanted, level="city", named_on=DISTRICT_DAY, **city.by("district", date(2026, 3, 2)))  # type: ignore[arg-type]


def test_a_year_is_opened_once_with_windows_in_order(city: City) -> None:
    for more, code in (
        ({}, "cycle-already-there"),
        ({"standard_version": "9.9"}, "standard-unknown"),
        ({"award_rule": "lottery"}, "money-rule-unknown"),
        ({"quota": 0}, "quota-out-of-range"),
        ({"notice_days": 0}, "days-out-of-range"),
        ({"evidence_until": date(2026, 6, 1)}, "evidence-disordered"),
        ({"windows": replace(WINDOWS, decide_until=date(2026, 4, 1))}, "windows-disordered"),
    ):
        with pytest.raises(TitleError, match=code):
            open_cycle(city, 2026 if code == "cycle-already-there" else 2027, **more)
    assert WINDOWS.apply_until in {row.apply_until for row in Cycle.objects.all()}


def test_only_what_was_recommended_is_posted(city: City) -> None:
    with pytest.raises(TitleError, match="no-candidates"):
        actions.post_candidates(
            cycle_id=city.cycle, application_ids=[], title="x", body="x", **city.by("city", date(2026, 6, 1))
        )
    application = city.until("endorsed")
    with pytest.raises(TitleError, match="move-not-open"):
        city.post(application)
    assert not board_notices()


def board_notices() -> int:
    return Entry.objects.filter(kind="board.posted").count()


def test_an_award_that_waits_is_not_pushed_off_the_list_by_newer_ones(city: City) -> None:
    city.until("named")
    first = Title.objects.get(application__isnull=False)
    same = {"programme_id": first.programme_id, "name": "x", "issuing_body": "x", "document": "x", "award": first.award}
    for number in range(120):
        day = first.named_on + timedelta(days=number + 1)
        sequence = 1000 + number
        Title.objects.create(
            unit_id=city.unit("ht"), goal="named", level="city", named_on=day, year=2026, sequence=sequence,
            number=f"2026-{sequence}-0", **same,
        )  # fmt: skip
    due = queries.awards_due(city.world.asker("finance"), city.unit("qj"))
    assert first.id in {one.title_id for one in due}
