"""The half-year report of one community: every figure counted, and leading to what was counted."""

from collections.abc import Iterator

from qingli.ground import queries as ground
from qingli.ground import rules as ground_rules
from qingli.ground.rules import NotAllowedError, SiteType, may
from qingli.insight import words
from qingli.insight.half_year_plan import PlanFacts, next_blocks, plan_blocks, problem_blocks, topic_blocks
from qingli.insight.half_year_rooms import criteria_blocks, money_blocks, title_blocks, voice_blocks
from qingli.insight.telling import Maker, Telling, part
from qingli.papers.half_year_shape import Block, Figure, HalfYearPaper, Sentence
from qingli.papers.values import Script

ALWAYS = (SiteType.WATER_TANK, SiteType.SHOP)  # named even where none is entered: then there is no data


def half_year_report(telling: Telling) -> HalfYearPaper:
    """The report as values for a page, a Word file or a PDF. The number of queries does not grow with the data.

    Raises NotAllowedError for whoever may not read the unit's tasks and records in detail: it is the community's own.
    """
    if not all(may(telling.asker, deed, telling.unit.path) for deed in ("plan.read", "task.read", "record.read")):
        raise NotAllowedError
    facts = PlanFacts.of(telling)
    makers: tuple[tuple[str, Maker], ...] = (
        ("basics", _basics),
        ("plan", lambda told: plan_blocks(told, facts)),
        ("topics", lambda told: topic_blocks(told, facts)),
        ("problems", lambda told: problem_blocks(told, facts)),
        ("voice", voice_blocks),
        ("money", money_blocks),
        ("criteria", criteria_blocks),
        ("titles", title_blocks),
        ("next", lambda told: next_blocks(told, facts)),
    )
    period, language = telling.period, telling.language
    half = telling.say(f"half-{period.half}")
    as_of = words.day_words(telling.today, language, year=True)
    script: Script = "zh-Hans" if telling.unit.script is ground_rules.Script.HANS else "zh-Hant"
    return HalfYearPaper(
        title=telling.say("title", unit=telling.unit.name, year=period.year, half=half),
        language=language,
        script=script,
        meta=(words.period_words(period, language), telling.say("as-of", day=as_of)),
        parts=tuple(part(telling, place, code, make) for place, (code, make) in enumerate(makers, 1)),
        basis=tuple(_basis(telling)),
    )


def _basics(telling: Telling) -> Iterator[Block]:
    """Sites in use by type, households, posts: as they are today. What nobody entered is no data, not 0."""
    counts = ground.site_counts(telling.asker, telling.unit.id)
    found: list[tuple[Figure, ...]] = [_sites(telling, SiteType.BUILDING, counts), _households(telling)]
    others = (kind for kind in SiteType if words.known(kind) and kind is not SiteType.BUILDING)
    found += [_sites(telling, kind, counts) for kind in others if kind in ALWAYS or counts.get(kind)]
    posts = len(ground.posts(telling.asker, telling.unit.id, day=telling.today))
    found.append((Figure(telling.say("posts") + telling.say("colon")), _told(telling, posts, "people")))
    pieces: list[Figure] = []
    for place, one in enumerate(found):
        pieces += [Figure(telling.say("semicolon"))] if place else []
        pieces += one
    yield Sentence((*pieces, Figure(telling.say("stop"))))


def _sites(telling: Telling, kind: SiteType, counts: dict[SiteType, int]) -> tuple[Figure, ...]:
    figure = _told(telling, counts.get(kind, 0), "sites", type=kind.value)
    return Figure(telling.say(kind) + telling.say("colon")), figure


def _told(telling: Telling, n: int, place: str, **query: str) -> Figure:
    return telling.figure(n, place, **query) if n else Figure(telling.say("no-data"))


def _households(telling: Telling) -> tuple[Figure, ...]:
    """The households that buildings say they have, and how many of the buildings say it."""
    sites, told, households = ground.site_parts(telling.asker, telling.unit.id, SiteType.BUILDING)
    label = Figure(telling.say("households") + telling.say("colon"))
    if not told:
        return label, Figure(telling.say("no-data"))
    figure = telling.figure(households, "sites", type=SiteType.BUILDING.value)
    return label, *telling.parts("households-said", n=figure, sites=sites, told=told)


def _basis(telling: Telling) -> Iterator[str]:
    language, period = telling.language, telling.period
    first, end = (words.day_words(day, language, year=True) for day in (period.since, period.until))
    yield telling.say("basis-counted")
    yield telling.say("basis-period", first=first, end=end)
    if layout := telling.say("layout"):
        yield layout
