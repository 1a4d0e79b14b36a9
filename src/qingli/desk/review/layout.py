"""A version laid out for reading: parts, in them rows of a passage and its cards.

A row is the shortest run of lines that holds whole promises; it is named by its characters, so that a page in use and
the server speak of the same row.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString

from qingli.desk.review.cards import Card, Passage
from qingli.desk.review.forms import EditForm, SplitForm
from qingli.desk.review.marks import Marks
from qingli.plan.queries.shapes import ActionCard, ReviewPage, UnreadCard

SMALL = 60
"""Promises up to which nothing is folded."""
AT_ONCE = 25
"""Cards that a longer plan shows at once; a part holds no more."""


@dataclass(slots=True)
class Row:
    """Characters `begin..end` of the text with the promises and unread passages in them.

    What is drawn: `paragraphs` (whether it is a heading, its HTML), `cards` (with the name of its open form, and that
    form), `passages`.
    """

    begin: int
    end: int
    actions: list[ActionCard] = field(default_factory=list)
    unread: list[UnreadCard] = field(default_factory=list)
    paragraphs: list[tuple[bool, SafeString]] = field(default_factory=list)
    cards: list[tuple[Card, str, EditForm | SplitForm | None]] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.begin}-{self.end}"


@dataclass(slots=True)
class Part:
    """Rows under one heading of the first level, or a stretch of them; `folded` ones show only how far they are."""

    begin: int
    heading: str
    rows: list[Row] = field(default_factory=list)
    folded: bool = False
    actions: list[ActionCard] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        self.actions += row.actions

    @property
    def seen(self) -> int:
        return sum(action.review != "unseen" for action in self.actions)

    @property
    def first(self) -> ActionCard | None:
        """The first that waits, else the first."""
        waiting = (action for action in self.actions if action.review == "unseen")
        return next(waiting, next(iter(self.actions), None))


def parts_of(page: ReviewPage, *, at: UUID | None = None) -> list[Part]:
    """The whole version in parts, the one that holds the action `at` open. Nothing is drawn yet."""
    rows = _rows(page)
    parts = list(_grouped(page, rows))
    loose = [action for action in page.actions if action.begin is None]
    if loose:
        parts.append(Part(len(page.text), ""))
        parts[-1].add(Row(len(page.text), len(page.text), loose))
    if len(page.actions) > SMALL:
        _fold(parts, at)
    return parts


def row_of(parts: Iterable[Part], action_id: UUID) -> Row | None:
    """The row that holds an action."""
    return next((row for part in parts for row in part.rows if any(a.id == action_id for a in row.actions)), None)


def draw(rows: Iterable[Row], marks: Marks, headings: frozenset[int]) -> None:
    """Fill the rows' paragraphs; `headings` are where lines begin that are headings."""
    for row in rows:
        touching = [one for one in marks.actions if (one.begin or 0) < row.end and (one.end or 0) > row.begin]
        offset = row.begin
        for line in marks.text[row.begin : row.end].splitlines(keepends=True):
            bare = line.strip()
            begin = offset + len(line) - len(line.lstrip())
            if bare:
                row.paragraphs.append(
                    (begin in headings and len(bare) <= 40, marks.html(begin, begin + len(bare), touching))
                )
            offset += len(line)


def _rows(page: ReviewPage) -> list[Row]:
    """Cut before each line with a promise or an unread passage, never inside a promise and always at a new chapter."""
    placed = sorted((one for one in page.actions if one.begin is not None), key=lambda one: (one.begin, one.order))
    chapters = {section.begin for section in page.sections if section.parent_id is None}
    lines = _lines(page.text)
    ends = [end for _, end in lines]
    blocks = _blocks(lines, placed)
    starts = [block.begin for block in blocks]
    for action in placed:
        blocks[_last(starts, action.begin or 0)].actions.append(action)
    for unread in page.unread:
        if unread.offset < (ends[-1] if ends else 0):
            blocks[_last(starts, unread.offset)].unread.append(unread)
    return _joined(blocks, chapters)


def _lines(text: str) -> list[tuple[int, int]]:
    lines, offset = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((offset, offset + len(line)))
        offset += len(line)
    return lines


def _blocks(lines: Sequence[tuple[int, int]], placed: Sequence[ActionCard]) -> list[Row]:
    """Lines, those joined between which a promise runs on."""
    blocks: list[Row] = []
    reach, index = 0, 0
    for begin, end in lines:
        if blocks and begin < reach:
            blocks[-1].end = end
        else:
            blocks.append(Row(begin, end))
        while index < len(placed) and (placed[index].begin or 0) < end:
            reach = max(reach, placed[index].end or 0)
            index += 1
    return blocks or [Row(0, 0)]


def _last(starts: Sequence[int], offset: int) -> int:
    """Which of the sorted beginnings is the last at or before an offset."""
    return max(bisect_right(starts, offset) - 1, 0)


def _joined(blocks: Iterable[Row], chapters: set[int]) -> list[Row]:
    """Text without promises goes with what follows it, but never over the beginning of a chapter."""
    rows: list[Row] = []
    for block in blocks:
        new_chapter = any(block.begin <= begin < block.end for begin in chapters)
        last = rows[-1] if rows else None
        if last and not new_chapter and not (last.actions or last.unread):
            last.end, last.actions, last.unread = block.end, block.actions, block.unread
        else:
            rows.append(block)
    return rows


def _grouped(page: ReviewPage, rows: Iterable[Row]) -> Iterable[Part]:
    chapters = sorted((one.begin, f"{one.number}{one.heading}") for one in page.sections if one.parent_id is None)
    part: Part | None = None
    for row in rows:
        heading = next((words for begin, words in chapters if row.begin <= begin < row.end), None)
        full = part is not None and len(part.actions) + len(row.actions) > AT_ONCE
        if part is None or heading is not None or full:
            if part is not None:
                yield part
            part = Part(row.begin, (heading or (part.heading if part else ""))[:60])
        part.add(row)
    if part is not None:
        yield part


def _fold(parts: Sequence[Part], at: UUID | None) -> None:
    """Open: the part one works at, and from the first with something unseen on as many as go on a page."""
    room = AT_ONCE
    for part in parts:
        here = at is not None and any(action.id == at for action in part.actions)
        waiting = part.seen < len(part.actions)
        part.folded = not here and bool(part.actions) and (not waiting or len(part.actions) > room or at is not None)
        if not part.folded:
            room -= len(part.actions)
