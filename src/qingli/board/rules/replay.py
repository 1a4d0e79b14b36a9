"""The board rebuilt from what the journal says of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the journal. `body` is None once it was erased: then what it said is not known any more."""

    kind: str
    object_id: UUID
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class NoticeState:
    """A notice as the journal has it; days in ISO form, `text` the SHA-256 of what was posted."""

    kind: str
    opens: str
    ends: str
    text: str
    subjects: tuple[str, ...]
    postings: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ReplyState:
    """A reply as the journal has it: never who sent it or what it says."""

    notice: str
    kind: str
    subject: str
    outcome: str = ""
    forgotten: bool = False


@dataclass(slots=True)
class Board:
    """What the journal says of the board. `unknown`: objects of which an entry was erased."""

    notices: dict[UUID, NoticeState] = field(default_factory=dict)
    replies: dict[UUID, ReplyState] = field(default_factory=dict)
    unknown: set[UUID] = field(default_factory=set)


def replay(entries: Iterable[Told]) -> Board:
    """Fold the entries, in their order, into the board as it must be. Other kinds are passed over."""
    board = Board()
    for entry in entries:
        if entry.body is None:
            board.unknown.add(entry.object_id)
        else:
            _apply(board, entry.kind, entry.object_id, entry.body)
    return board


def _apply(board: Board, kind: str, id: UUID, body: Mapping[str, Any]) -> None:
    if kind == "board.posted":
        board.notices[id] = NoticeState(
            body["kind"], body["opens"], body["ends"], body["text"], tuple(body["subjects"])
        )
    elif kind == "board.replied":
        board.replies[id] = ReplyState(body["notice"], body["kind"], body["subject"])
    elif id in board.notices:
        board.notices[id] = _moved(board.notices[id], kind)
    elif id in board.replies:
        board.replies[id] = _answered(board.replies[id], kind, body)


def _moved(notice: NoticeState, kind: str) -> NoticeState:
    if kind == "board.proved":
        return replace(notice, postings=notice.postings + 1)
    return replace(notice, withdrawn=True) if kind == "board.withdrawn" else notice


def _answered(reply: ReplyState, kind: str, body: Mapping[str, Any]) -> ReplyState:
    if kind == "board.answered":
        return replace(reply, outcome=body["outcome"])
    return replace(reply, forgotten=True) if kind == "board.replier-forgotten" else reply
