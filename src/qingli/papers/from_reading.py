"""A plan that was just read, as the values of a paper: every cell in the plan's own words."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from qingli.catalogue import load_catalogue
from qingli.papers.values import ActionRow, DueDate, FillIn, Language, Line, Piece, PlanPaper, Script
from qingli.papers.words import placeholder_word, short_word, word
from qingli.plan.rules.calendar import Calendar, ChineseCalendar, told_by
from qingli.plan.rules.periods import Period, plan_period
from qingli.plan.rules.schedule import Schedule, from_norm, occurrences, together
from qingli.reading.types import PlanAction, PlanReading

_CLAUSE_ENDS = "。；;！？\n"
_LONGEST_QUOTE = 40
_BLANKS = ("placeholder", "masked-year")  # what an action lacks because of a blank, which is listed by itself
_NOT_ACTING = ("recipient", "approver", "funder")
_Mark = tuple[int, int, Literal["fixed", "open"]]


def plan_paper(
    text: str,
    plan: PlanReading,
    *,
    language: Language,
    dues: Sequence[DueDate] = (),
    measures: Mapping[str, str] | None = None,
    marked: bool = False,
    fixed: Sequence[tuple[int, int]] = (),
) -> PlanPaper:
    """The paper of one plan of `text`. `measures` maps a measure's id to its name in `language`.

    With `marked` the blanks are marked and listed with what the actions lack. `fixed` are the spans of `text` that were
    put right, where `text` is a corrected text and `plan` its reading.
    """
    marks: list[_Mark] = [(*span, "fixed") for span in fixed]
    if marked:
        marks += [(each.offset, each.offset + len(each.surface), "open") for each in plan.placeholders]
    return PlanPaper(
        title=plan.title or word("untitled", language),
        language=language,
        script=script_of(plan),
        lines=tuple(_lines(text, plan, sorted(marks))),
        actions=tuple(action_row(text, plan, action, language, measures or {}) for action in plan.actions),
        dues=tuple(dues),
        fill_ins=fill_ins(text, plan, language) if marked else (),
        corrected=bool(fixed),
    )


def script_of(plan: PlanReading) -> Script:
    return "zh-Hans" if plan.script == "Hans" else "zh-Hant"


def action_row(
    text: str, plan: PlanReading, action: PlanAction, language: Language, measures: Mapping[str, str]
) -> ActionRow:
    """One action as a row. What was taken from an enclosing item says so."""
    inherited = word("inherited", language)
    joint = word("and", language)

    def said(found: Sequence[tuple[int, str]], taken: Sequence[int] = ()) -> str:
        parts = [_one_line(surface) + (inherited if index in taken else "") for index, surface in found]
        return joint.join(dict.fromkeys(parts))

    return ActionRow(
        number=number_of(plan, action),
        action=_one_line(action.title or text[action.span[0] : action.span[1]]),
        when=said([(index, plan.schedule[index].surface) for index in action.schedule], action.inherited),
        who=said(
            [
                (index, actor.surface)
                for index in action.actors
                if (actor := plan.actors[index]).role not in _NOT_ACTING
            ],
            action.inherited_actors,
        ),
        how_much=said(
            [
                (index, amount.surface)
                for index in action.quantities
                if (amount := plan.quantities[index]).kind != "rhetorical"
            ]
        ),
        evidence=joint.join(
            dict.fromkeys(hit.surface for hit in plan.evidence if action.span[0] <= hit.offset < action.span[1])
        ),
        missing=tuple(dict.fromkeys(word(issue.code, language) for issue in action.issues)),
        measure=measures.get(action.measure or "", ""),
    )


def number_of(plan: PlanReading, action: PlanAction) -> str:
    """The number of the item that the action stands in, as written."""
    item = next((each for each in plan.outline if each.id == action.item), None)
    return item.number if item else ""


def fill_ins(text: str, plan: PlanReading, language: Language) -> tuple[FillIn, ...]:
    """The blanks of the plan, then what each of its actions lacks."""
    blanks = [
        FillIn(_item_at(plan, each.offset), placeholder_word(each.kind, language), _quote(text, plan, each.offset))
        for each in plan.placeholders
    ]
    lacking = []
    for action in plan.actions:
        codes = [issue.code for issue in action.issues if issue.code not in _BLANKS]
        if codes:
            what = word("and", language).join(dict.fromkeys(short_word(code, language) for code in codes))
            lacking.append(FillIn(number_of(plan, action), what, _shortened(_one_line(action.title))))
    return tuple(dict.fromkeys([*blanks, *lacking]))


@cache
def calendar_of(year: int) -> Calendar:
    """Festivals, lunar dates, and the built-in catalogue's environment days of a plan's year and the one after it."""
    return ChineseCalendar(told=told_by(load_catalogue(), (year, year + 1)))


def due_dates(
    plan: PlanReading, year: int | None, calendar: Calendar, language: Language = "zh-Hant"
) -> tuple[DueDate, ...]:
    """Every day on which something of the plan falls due, in its own period, by day. What the plan leaves open (a year,
    a choice, a blank) gives none: it is asked for, not guessed."""
    period = period_of(plan, year)
    if period is None:
        return ()
    dues = []
    for action in plan.actions:
        row = action_row("", plan, action, language, {})
        schedule = _schedule(plan, action)
        if schedule is None:
            continue
        found = occurrences(schedule, start=period.start, end=period.end, calendar=calendar)
        for turn in (turn for one in found for turn in one.turns()):
            key = f"{action.span[0]}-{turn.key}"
            due = DueDate(turn.opens, turn.due, row.number, row.action, row.who, row.when, key)
            dues.append(due)
    return tuple(sorted(dues, key=lambda due: (due.due, due.opens)))


def period_of(plan: PlanReading, year: int | None) -> Period | None:
    """The days that the plan covers; None where its year is not known. `year` None lets the plan's own year count."""
    for said in (plan.period, plan.title):
        found = plan_period(said, year if year is not None else plan.plan_year) if said is not None else None
        if isinstance(found, Period):
            return found
    return None


def _schedule(plan: PlanReading, action: PlanAction) -> Schedule | None:
    """Everything that an action says about time; a count in it (每月兩次) is how often in each period."""
    hits = [hit for index in action.schedule if (hit := plan.schedule[index]).core]
    if not hits:
        return None
    amounts = [plan.quantities[index] for index in action.quantities]
    count = next((int(amount.value) for amount in amounts if amount.kind == "freq" and 1 <= amount.value <= 366), 1)
    return together(
        [
            from_norm(
                hit.norm,
                surface=hit.surface,
                count=count if hit.norm.get("type") == "rrule" else 1,
                alternatives=hit.alternatives,
            )
            for hit in hits
        ]
    )


def _lines(text: str, plan: PlanReading, marks: Sequence[_Mark]) -> list[Line]:
    """The plan's lines as written, without its title; a line that begins with an item's number has its level."""
    levels = {item.offset: item.level for item in plan.outline if not item.inline}
    lines: list[Line] = []
    start = plan.span[0]
    for raw in text[plan.span[0] : plan.span[1]].split("\n"):
        bare = raw.strip()
        begin = start + len(raw) - len(raw.lstrip())
        start += len(raw) + 1
        if not bare or (bare == plan.title.strip() and not lines):
            continue
        lines.append(Line(tuple(_pieces(text, begin, begin + len(bare), marks)), levels.get(begin, 0)))
    return lines


def _pieces(text: str, start: int, end: int, marks: Sequence[_Mark]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for first, last, mark in marks:
        if at <= first and last <= end and first < last:
            pieces += [Piece(text[at:first])] if first > at else []
            pieces.append(Piece(text[first:last], mark))
            at = last
    return pieces + ([Piece(text[at:end])] if at < end or not pieces else [])


def _item_at(plan: PlanReading, offset: int) -> str:
    holding = [item for item in plan.outline if item.offset <= offset < item.end]
    return max(holding, key=lambda item: item.offset).number if holding else ""


def _quote(text: str, plan: PlanReading, offset: int) -> str:
    """The clause around a place."""
    start = max((text.rfind(end, plan.span[0], offset) for end in _CLAUSE_ENDS), default=-1) + 1
    ends = [found for end in _CLAUSE_ENDS if (found := text.find(end, offset, plan.span[1])) >= 0]
    clause = text[max(start, plan.span[0], offset - _LONGEST_QUOTE) : min(ends, default=plan.span[1])]
    return _shortened(_one_line(clause), 2 * _LONGEST_QUOTE)


def _one_line(text: str) -> str:
    return "".join(part.strip() if index else part for index, part in enumerate(text.strip().split("\n")))


def _shortened(text: str, longest: int = _LONGEST_QUOTE) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
