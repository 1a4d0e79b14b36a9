"""How long a notice hangs, and what it waits for. No database."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from qingli.board.rules import (
    BoardError,
    Outcome,
    ReplyKind,
    Sent,
    check_answer,
    check_reply,
    clean_lines,
    preview,
    standing_on,
    window,
)
from qingli.board.rules.replay import Told, replay
from qingli.board.rules.standing import Objection
from qingli.ground.rules import GroundError
from qingli.ground.rules.workdays import WorkingDays

MAINLAND = WorkingDays()


def test_the_later_of_two_ends_holds() -> None:
    plain = window(date(2026, 7, 6), MAINLAND, today=date(2026, 7, 6))
    assert (plain.ends, plain.by_days, plain.by_working) == (date(2026, 7, 13), date(2026, 7, 13), date(2026, 7, 13))
    assert (plain.calendar_days, plain.working_days, plain.told) == (7, 5, False)


def test_over_the_national_day_working_days_decide() -> None:
    # Rest from 1 to 7 October 2026; Saturday the 10th is worked instead.
    long = window(date(2026, 9, 28), MAINLAND, today=date(2026, 9, 28))
    assert (long.by_days, long.by_working, long.ends) == (date(2026, 10, 5), date(2026, 10, 10), date(2026, 10, 10))
    assert (long.calendar_days, long.working_days) == (12, 5)


def test_unknown_rest_days_are_asked_for_and_never_guessed() -> None:
    december = date(2026, 12, 28)
    assert preview(december, MAINLAND) is None
    with pytest.raises(BoardError, match="rest-days-unknown") as refused:
        window(december, MAINLAND, today=december)
    assert refused.value.facts == {"year": 2027}
    with pytest.raises(BoardError, match="window-too-short"):
        window(december, MAINLAND, today=december, ends_on=date(2027, 1, 3))
    told = window(december, MAINLAND, today=december, ends_on=date(2027, 1, 6))
    assert (told.ends, told.told, told.calendar_days, told.working_days) == (date(2027, 1, 6), True, 9, None)


def test_a_named_end_may_be_later_and_never_earlier() -> None:
    monday = date(2026, 7, 6)
    assert window(monday, MAINLAND, today=monday, ends_on=date(2026, 7, 20)).calendar_days == 14
    with pytest.raises(BoardError, match="window-too-short") as refused:
        window(monday, MAINLAND, today=monday, ends_on=date(2026, 7, 12))
    assert refused.value.facts == {"least": date(2026, 7, 13)}


@pytest.mark.parametrize(
    ("opens", "more", "code"),
    [
        (date(2026, 7, 5), {}, "opens-in-past"),
        (date(9999, 12, 31), {}, "opens-too-far"),
        (date(2026, 7, 6), {"days": 0}, "window-out-of-range"),
        (date(2026, 7, 6), {"at_least_working": 91}, "window-out-of-range"),
        (date(2026, 7, 6), {"ends_on": date(2027, 7, 6)}, "window-out-of-range"),
    ],
)
def test_days_that_cannot_be_meant(opens: date, more: dict[str, int], code: str) -> None:
    with pytest.raises(BoardError, match=code):
        window(opens, MAINLAND, today=date(2026, 7, 6), **more)  # type: ignore[arg-type]


def test_what_waits_for_a_notice() -> None:
    one, other = uuid4(), uuid4()

    def at(day: int, subject: UUID | None, *objections: Objection) -> tuple[bool, int, int, bool]:
        standing = standing_on(
            date(2026, 7, day),
            opens=date(2026, 7, 6),
            ends=date(2026, 7, 13),
            working_days=5,
            withdrawn=False,
            objections=objections,
            subject_id=subject,
        )
        return standing.over, standing.open_objections, standing.upheld, standing.clear

    assert at(13, None) == (False, 0, 0, False)
    assert at(14, None) == (True, 0, 0, True)
    against_one = Objection(one, None)
    assert at(14, one, against_one) == (True, 1, 0, False)
    assert at(14, other, against_one) == (True, 0, 0, True)
    assert at(14, None, against_one) == (True, 1, 0, False)
    assert at(14, other, Objection(None, Outcome.UPHELD)) == (True, 0, 1, False)
    assert at(14, one, Objection(one, Outcome.REJECTED)) == (True, 0, 0, True)


def test_days_left_count_today() -> None:
    def left(day: date) -> int:
        return standing_on(
            day, opens=date(2026, 7, 6), ends=date(2026, 7, 13), working_days=5, withdrawn=False, objections=()
        ).days_left

    opens = date(2026, 7, 6)
    assert [left(opens + timedelta(days=n)) for n in (-3, 0, 5, 7, 8)] == [8, 8, 3, 1, 0]


def test_lines_are_kept_and_tidied() -> None:
    assert clean_lines(" 一、\r\n\r\n\r\n\r\n二、  三 \n\n", 50, "words") == "一、\n\n二、 三"
    with pytest.raises(GroundError, match="text-too-long"):
        clean_lines("長" * 51, 50, "words")
    with pytest.raises(GroundError, match="text-blank"):
        clean_lines(" \n \n", 50, "words")
    with pytest.raises(GroundError, match="text-has-id-number"):
        clean_lines("我的號碼\n11010519491231002X", 50, "words")


def test_an_objection_says_who_and_an_opinion_need_not() -> None:
    def check(kind: ReplyKind, name: str, contact: str) -> Sent:
        return check_reply(
            Sent(kind, None, name, contact, "太短"),
            today=date(2026, 7, 13),
            opens=date(2026, 7, 6),
            ends=date(2026, 7, 13),
            withdrawn=False,
            subjects=(),
        )

    assert check(ReplyKind.OPINION, "", "").words == "太短"
    with pytest.raises(BoardError, match="objection-needs-name"):
        check(ReplyKind.OBJECTION, " ", "021-5550 1234")
    with pytest.raises(BoardError, match="objection-needs-contact"):
        check(ReplyKind.OBJECTION, "羅阿婆", "")


def test_an_objection_is_decided_and_an_opinion_may_be_noted() -> None:
    assert check_answer(ReplyKind.OPINION, Outcome.NOTED, " 謝謝 ", answered=False) == "謝謝"
    with pytest.raises(BoardError, match="objection-undecided"):
        check_answer(ReplyKind.OBJECTION, Outcome.NOTED, "謝謝", answered=False)
    with pytest.raises(BoardError, match="no-answer-reason"):
        check_answer(ReplyKind.OBJECTION, Outcome.REJECTED, " ", answered=False)


def test_the_fold_does_not_guess_what_was_erased() -> None:
    notice, reply = uuid4(), uuid4()
    posted = {"kind": "goals", "opens": "2026-07-06", "ends": "2026-07-13", "text": "ab", "subjects": []}
    board = replay(
        [
            Told("board.posted", notice, posted),
            Told("board.replied", reply, {"notice": str(notice), "kind": "objection", "subject": ""}),
            Told("board.answered", reply, {"outcome": "upheld"}),
            Told("board.replied", uuid4(), None),
        ]
    )
    assert board.replies[reply].outcome == "upheld"
    assert (len(board.notices), len(board.replies), len(board.unknown)) == (1, 1, 1)
