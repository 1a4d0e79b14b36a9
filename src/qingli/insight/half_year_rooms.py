"""What a half-year report says of the board, the ledger, the standard and titles: a part for each of these rooms."""

from collections.abc import Iterator

from qingli.board.queries.spans import voice_between
from qingli.catalogue import INDICATORS, Standard
from qingli.insight.telling import Telling
from qingli.ledger.queries.spans import EarmarkUse, earmark_uses
from qingli.ledger.rules import yuan
from qingli.papers.half_year_shape import Block, Figure, Sentence, Table
from qingli.proof import queries as proof
from qingli.title import queries as titles

LACKING = ("not-met", "partly", "not-enough-data", "to-judge")


def voice_blocks(telling: Telling) -> Iterator[Block]:
    """Notices, opinions and objections of the half-year, and what became of them."""
    period = telling.period
    found = voice_between(telling.asker, telling.unit.id, since=period.since, until=period.until)
    yield telling.sentence("voice-notices", notices=telling.figure(found.notices, "notices"))
    if found.opinions:
        yield telling.sentence(
            "voice-opinions",
            opinions=telling.figure(found.opinions, "replies", kind="opinion"),
            answered=telling.figure(found.opinions_answered, "replies", kind="opinion", fate="answered"),
        )
    if found.objections:
        yield telling.sentence(
            "voice-objections",
            objections=telling.figure(found.objections, "replies", kind="objection"),
            upheld=telling.figure(found.upheld, "replies", kind="objection", fate="upheld"),
            rejected=telling.figure(found.rejected, "replies", kind="objection", fate="rejected"),
            waiting=telling.figure(found.objections_waiting, "replies", kind="objection", fate="waiting"),
        )
    if not (found.opinions or found.objections):
        yield telling.sentence("voice-none")
    yield telling.sentence("voice-satisfaction")


def money_blocks(telling: Telling) -> Iterator[Block]:
    """What came in, was used and is left under each earmark."""
    period = telling.period
    uses = earmark_uses(telling.asker, telling.unit.id, since=period.since, until=period.until)
    if not uses:
        yield telling.sentence("no-money")
        return
    heads = tuple(telling.say(name) for name in ("earmark", "received", "spent", "left"))
    yield Table(heads, tuple(_use(telling, use) for use in uses))


def _use(telling: Telling, use: EarmarkUse) -> tuple[Figure, ...]:
    of = str(use.earmark_id)
    return (
        Figure(use.name, telling.address("earmark", id=of)),
        _amount(telling, use.received, earmark=of, kind="source"),
        _amount(telling, use.spent, earmark=of, kind="expense"),
        _amount(telling, use.left, earmark=of, so_far="1"),
    )


def _amount(telling: Telling, fen: int, **query: str) -> Figure:
    figure = telling.figure(fen, "money", **query)
    return Figure(yuan(fen), figure.link)


def criteria_blocks(telling: Telling) -> Iterator[Block]:
    """The criteria of the standard that the unit would apply by: how many are met, and which are lacking."""
    standard = _standard(telling)
    if standard is None:
        yield telling.sentence("no-standard")
        return
    view = proof.assessment(
        telling.asker,
        telling.unit.id,
        standard_id=standard.id,
        version=standard.version,
        since=telling.period.since,
        until=telling.period.until,
        today=telling.today,
    )
    states = [result.state for result in view.results]
    there = telling.address("standard", id=standard.id, version=standard.version)
    yield telling.sentence(
        "criteria-whole",
        standard=Figure(standard.names.get(telling.language), there),
        version=standard.version,
        total=len(states),
        met=states.count("met"),
        partly=states.count("partly"),
        not_met=states.count("not-met"),
        unclear=view.unclear,
        to_judge=view.to_judge,
        points=f"{view.points.normalize():f}",
        of=view.of,
    )
    lacking = [result for state in LACKING for result in view.results if result.state == state]
    if lacking:
        yield telling.sentence("criteria-lack")
    for result in lacking:
        yield _criterion(telling, standard, result)


def _standard(telling: Telling) -> Standard | None:
    """That of the newest year of a programme here or above; else the newest that the house has."""
    standards = proof.standards()
    for cycle in titles.cycles(telling.asker, telling.unit.id):
        if found := standards.get((cycle.standard_id, cycle.standard_version)):
            return found
    return list(standards.values())[-1] if standards else None


def _criterion(telling: Telling, standard: Standard, result: proof.CriterionResult) -> Sentence:
    """A criterion that is not met, with its figure and the whole it is of; one that is judged has none."""
    criterion = result.criterion
    parts = telling.parts("criterion", name=criterion.names.get(telling.language), state=telling.say(result.state))
    if criterion.kind == "record":
        there = telling.address("criterion", id=standard.id, version=standard.version, criterion=criterion.id)
        counted = Figure(str(result.numerator), there)
        if INDICATORS[criterion.indicator] == "share":
            parts += telling.parts("criterion-n", numerator=counted, n=result.n)
        else:
            parts += telling.parts("criterion-count", numerator=counted, at_least=criterion.at_least)
    return Sentence((*parts, Figure(telling.say("stop"))), item=True)


def title_blocks(telling: Telling) -> Iterator[Block]:
    """The titles that the unit held on any day of the half-year, and its applications of those years."""
    period = telling.period
    held = [
        title
        for title in titles.titles_of_unit(telling.asker, telling.unit.id, today=telling.today)
        if title.named_on < period.until and (title.valid_until is None or title.valid_until >= period.since)
    ]
    applied = [
        line
        for line in titles.applications_of_unit(telling.asker, telling.unit.id, today=telling.today)
        if line.year == period.year
    ]
    for title in held:
        yield _title(telling, title)
    for line in applied:
        state = Figure(telling.say(line.state), telling.address("application", id=str(line.id)))
        parts = telling.parts("applied", year=line.year, programme=line.programme, state=state)
        yield Sentence((*parts, Figure(telling.say("stop"))), item=True)
    if not (held or applied):
        yield telling.sentence("no-titles")


def _title(telling: Telling, title: titles.TitleLine) -> Sentence:
    until = ""
    if title.valid_until is not None:
        key = "title-until" if title.valid_until >= telling.today else "title-over"
        until = telling.say(key, day=telling.day(title.valid_until))
    parts = telling.parts(
        "title-held",
        name=Figure(title.name, telling.address("title", number=title.number)),
        body=title.issuing_body,
        day=telling.day(title.named_on),
        until=until,
    )
    return Sentence((*parts, Figure(telling.say("stop"))), item=True)
