"""What a paper is made from: plain values. Whoever has a reading or a room's rows fills them in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Language = Literal["zh-Hant", "zh-Hans", "en"]
Script = Literal["zh-Hant", "zh-Hans"]

_LONGEST_HEADING = 40
_SENTENCE_END = ("。", "；", "！", "？", "，", ";")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line. mark: "" as it was written, "fixed" put right, "open" still to be filled in."""

    text: str
    mark: Literal["", "fixed", "open"] = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan, numbers included, exactly as written. `level` is 1 for a top heading, 0 for plain text."""

    pieces: tuple[Piece, ...]
    level: int = 0

    @classmethod
    def of(cls, text: str, level: int = 0) -> "Line":
        return cls((Piece(text),), level)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_heading(self) -> bool:
        """Whether a numbered line is a heading; a long one, or a whole sentence, is set as text."""
        text = self.text.rstrip()
        return self.level > 0 and len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_END)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One promise: its number as written, and the plan's own words for everything else. `missing`: what it lacks."""

    number: str
    action: str
    when: str = ""
    who: str = ""
    how_much: str = ""
    evidence: str = ""
    missing: tuple[str, ...] = ()
    measure: str = ""


@dataclass(frozen=True, slots=True)
class DueDate:
    """One due occurrence of a promise: it may be done from `opens` and must be done by `due` (both included)."""

    opens: date
    due: date
    number: str
    action: str
    who: str = ""
    when: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class FillIn:
    """Something the plan still leaves open: where it stands, what is wanted, and the words around it."""

    where: str
    what: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """A plan on paper. `language` is for headings that we add, `script` for the plan's own text.

    `meta` is one line under the title, such as the unit and the period. `corrected`: the paper calls itself a corrected
    text. `fill_ins` stand at the end, where there are any.
    """

    title: str
    language: Language = "zh-Hant"
    script: Script = "zh-Hant"
    meta: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    dues: tuple[DueDate, ...] = ()
    fill_ins: tuple[FillIn, ...] = ()
    corrected: bool = False

    @property
    def marks(self) -> frozenset[str]:
        """The marks that occur in the text."""
        return frozenset(piece.mark for line in self.lines for piece in line.pieces if piece.mark)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An entry of a calendar file. Days (both included) make an all-day event; aware datetimes a timed one, with its
    end excluded. `uid` must stay the same from one export to the next. `repeat`: (days between, how often in all).
    `alarm_days`: remind that many days before."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime
    description: str = ""
    location: str = ""
    url: str = ""
    alarm_days: int | None = None
    repeat: tuple[int, int] | None = None
