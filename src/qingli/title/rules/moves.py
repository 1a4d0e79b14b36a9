"""The life of an application: one table of allowed moves, read from top to bottom.

A move that is not in the table is not allowed. A face asks `open_moves` for the buttons that it shows. In the words of
those it binds: docs/rules/titles.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qingli.ground.rules import Deed
from qingli.title.rules.errors import TitleError
from qingli.title.rules.windows import Against, Window, Windows, against, check_applying

State = Literal["draft", "submitted", "endorsed", "recommended", "posted", "named", "declined", "returned", "withdrawn"]
MoveName = Literal["save", "submit", "endorse", "recommend", "return", "withdraw", "resume", "post", "name", "decline"]
REASON = 500


@dataclass(frozen=True, slots=True)
class Posted:
    """How the public notice about a candidate stands, as the board tells it."""

    ends: date
    over: bool
    open_objections: int = 0
    upheld: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """What is known when somebody wants to move an application.

    `mend_until`: the last day for what was sent back. `posted`: the notice, once there is one. `named`: how many are
    named in this cycle already; `quota`: how many may be, None for no limit.
    """

    today: date
    windows: Windows
    mend_until: date | None = None
    reason: str = ""
    posted: Posted | None = None
    named: int = 0
    quota: int | None = None


_Check = Callable[[MoveFacts], None]


def _in_time(facts: MoveFacts) -> None:
    check_applying(facts.windows, facts.today, mend_until=facts.mend_until)


def _reason(facts: MoveFacts) -> None:
    if not facts.reason.strip():
        raise TitleError("reason-needed", field="reason")


def _street_silent(facts: MoveFacts) -> None:
    """Who says nothing in time is passed by: the community does not lose what an office is late with."""
    until = facts.windows.endorse_until
    if facts.today <= until:
        raise TitleError("street-has-time", {"until": until})


def _notice_gone(facts: MoveFacts) -> None:
    if facts.posted is None or not facts.posted.withdrawn:
        raise TitleError("posted-already")


def _nothing_open(facts: MoveFacts) -> None:
    """Named is only who hung long enough, with every objection answered and none of them upheld."""
    posted = facts.posted
    if posted is None or posted.withdrawn:
        raise TitleError("notice-gone")
    if not posted.over:
        raise TitleError("notice-not-over", {"until": posted.ends})
    if posted.open_objections:
        raise TitleError("objection-open", {"count": posted.open_objections})
    if posted.upheld:
        raise TitleError("objection-upheld", {"count": posted.upheld})


def _room_left(facts: MoveFacts) -> None:
    if facts.quota is not None and facts.named >= facts.quota:
        raise TitleError("quota-exceeded", {"quota": facts.quota})


@dataclass(frozen=True, slots=True)
class Move:
    """One row: `name` leads from one of `before` to `after` ("" = as it was), by whoever may `deed` in the unit."""

    name: MoveName
    before: tuple[State, ...]
    after: State | Literal[""]
    deed: Deed
    window: Window
    checks: tuple[_Check, ...] = ()


MOVES: tuple[Move, ...] = (
    Move("save", ("draft", "returned"), "", "title.apply", "apply", (_in_time,)),
    Move("submit", ("draft", "returned"), "submitted", "title.apply", "apply", (_in_time,)),
    Move("endorse", ("submitted",), "endorsed", "title.endorse", "endorse"),
    Move("recommend", ("endorsed",), "recommended", "title.recommend", "recommend"),
    Move("recommend", ("submitted",), "recommended", "title.recommend", "recommend", (_street_silent,)),
    Move("return", ("submitted",), "returned", "title.endorse", "endorse", (_reason,)),
    Move("return", ("submitted",), "returned", "title.recommend", "recommend", (_street_silent, _reason)),
    Move("return", ("endorsed",), "returned", "title.recommend", "recommend", (_reason,)),
    Move("return", ("recommended",), "returned", "title.decide", "decide", (_reason,)),
    Move(
        "withdraw",
        ("draft", "submitted", "endorsed", "recommended", "returned"),
        "withdrawn",
        "title.apply",
        "apply",
    ),
    Move("resume", ("withdrawn",), "draft", "title.apply", "apply", (_in_time,)),
    Move("post", ("recommended",), "posted", "title.decide", "decide"),
    Move("post", ("posted",), "posted", "title.decide", "decide", (_notice_gone,)),
    Move("name", ("posted",), "named", "title.decide", "decide", (_nothing_open, _room_left)),
    Move("decline", ("recommended", "posted"), "declined", "title.decide", "decide", (_reason,)),
)


def rows(name: MoveName, state: State) -> tuple[Move, ...]:
    """The rows of a move in this state. Raises `move-not-open`."""
    found = tuple(move for move in MOVES if move.name == name and state in move.before)
    if not found:
        raise TitleError("move-not-open", {"state": state})
    return found


def open_moves(state: State) -> tuple[Move, ...]:
    """The rows that lead on from a state, whatever their checks will say."""
    return tuple(move for move in MOVES if state in move.before)


def decide(move: Move, state: State, facts: MoveFacts) -> tuple[State, Against]:
    """The state after a move, and the day against its window. Raises what the checks of the row say.

    Only applying is shut by its window; an office that is late is told so, and the application goes on.
    """
    for check in move.checks:
        check(facts)
    return move.after or state, against(facts.windows, move.window, facts.today)


STEPS: tuple[State, ...] = ("submitted", "endorsed", "recommended", "posted", "named")
"""The stations of an application that goes well, in their order."""
Waits = Literal["", "community", "street", "district", "city", "notice"]
_WAITS: dict[State, Waits] = {
    "draft": "community",
    "returned": "community",
    "submitted": "street",
    "endorsed": "district",
    "recommended": "city",
    "posted": "notice",
}


def waits_for(state: State, windows: Windows, today: date, posted: Posted | None = None) -> Waits:
    """Who has to do something next; "" when it is settled. After the street's time it is the district's turn."""
    if state == "submitted" and today > windows.endorse_until:
        return "district"
    if state == "posted" and posted is not None and (posted.over or posted.withdrawn):
        return "city"
    return _WAITS.get(state, "")
