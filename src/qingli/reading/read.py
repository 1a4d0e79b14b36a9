"""The whole reading of a text, step by step."""

import re
from collections.abc import Sequence

from .actions import Hits, find_actions
from .expressions.actors import Actor, find_actors
from .expressions.found import Found
from .expressions.in_month import headed_months, resolve
from .expressions.mentions import find_channels, find_coverage, find_evidence, find_placeholders, questions
from .expressions.people import with_names
from .expressions.quantities import Amount, find_quantities
from .expressions.schedule import find_schedules, find_unread, in_school_year, to_hits
from .families import families
from .normal import Normal, normalise
from .outline import build_outline, find_markers
from .outline.markers import Marker
from .plans import Bounds, period, plan_year, split_plans
from .types import ActorHit, Matcher, PlanReading, QuantityHit, Reading

_TIMES_IN_NUMBER = frozenset({"month", "week", "quarter", "stage", "term"})
_SCHOOL = re.compile("学期|学校|[小中大]学|幼儿园|幼稚园")
_TRADITIONAL = re.compile("[們來個會學對開關時動實務環區應該處項種總與體經過現傳戶單點點進這說後發為爲衛築]")


def read_text(text: str, *, match: Matcher | None = None) -> Reading:
    """Read every plan in `text`. Any text is allowed; nothing is raised for its content.

    `match` names the measure of a clause; without it every action's `measure` and `topic` are None.
    """
    normal = normalise(text)
    bounds = split_plans(normal)
    kin = families([normal.text[plan.start : plan.end] for plan in bounds])
    plans = tuple(_plan(normal, plan, match, family=kin[index], index=index) for index, plan in enumerate(bounds))
    return Reading(chars=len(text), plans=plans)


def _plan(normal: Normal, plan: Bounds, match: Matcher | None, *, family: int, index: int) -> PlanReading:
    markers = find_markers(normal, plan.title_end, plan.end)
    outline, odd = build_outline(normal, markers, plan.end)
    year = plan_year(normal.text, plan)
    body = _without_numbers(normal.text[plan.start : plan.end], markers, plan.start)
    title_length = plan.title_end - plan.start
    title = normal.text[plan.start : plan.title_end]
    school = in_school_year(title) or bool(_SCHOOL.search(title))
    times = resolve(
        normal.text,
        [_moved(hit, plan.start) for hit in find_schedules(body)],
        headed_months(normal, outline),
        school=school,
    )
    taken = [(hit.start - plan.start, hit.end - plan.start) for hit in times if hit.kind != "exclusion"]
    amounts = find_quantities(body, taken, currency=_currency(body))
    people = find_actors(
        body[title_length:], [(a - title_length, b - title_length) for a, b in taken if a >= title_length]
    )
    placeholders = find_placeholders(normal, plan.start, plan.end)
    blocked = sorted([*taken, *((amount.start, amount.end) for amount in amounts)])
    evidence = find_evidence(normal, plan.start, plan.end)
    hits = Hits(
        schedule=tuple(to_hits(normal, times, plan_year=year, title=(plan.start, plan.title_end))),
        quantities=tuple(_quantity(normal, amount, plan.start) for amount in amounts),
        actors=with_names([_actor(normal, actor, plan.title_end) for actor in people], normal.source),
        evidence=[mention.offset for mention in evidence],
    )
    return PlanReading(
        title=plan.title,
        span=normal.span(plan.start, plan.end),
        plan_year=year,
        period=period(normal.text, plan, year),
        duplicate_of=None if family == index else family,
        family=family,
        script="Hant" if _TRADITIONAL.search(normal.source, *normal.span(plan.start, plan.end)) else "Hans",
        outline=outline,
        schedule=tuple(hits.schedule),
        quantities=tuple(hits.quantities),
        actors=tuple(hits.actors),
        actions=find_actions(normal, (plan.title_end, plan.end), outline, hits, match=match),
        channels=find_channels(normal, plan.start, plan.end),
        coverage=find_coverage(normal, plan.start, plan.end),
        evidence=evidence,
        unread=tuple(find_unread(normal, body, blocked, plan.start)),
        placeholders=placeholders,
        questions=questions(placeholders),
        issues=odd,
    )


def _without_numbers(body: str, markers: Sequence[Marker], start: int) -> str:
    """The text with the numbers of its headings blanked out, so that 1、3月 is not read as January and March."""
    pieces, here = [], 0
    for marker in markers:
        if marker.style not in _TIMES_IN_NUMBER:
            pieces += [body[here : marker.start - start], "。" * (marker.end - marker.start)]
            here = marker.end - start
    return "".join([*pieces, body[here:]])


def _moved(hit: Found, by: int) -> Found:
    return hit.widened(hit.start + by, hit.end + by)


def _currency(body: str) -> str:
    if re.search(r"新台币|NT\$|台币", body):
        return "TWD"
    return "HKD" if re.search(r"HK\$|港币|港元", body) else "CNY"


def _quantity(normal: Normal, amount: Amount, by: int) -> QuantityHit:
    begin, end = normal.span(amount.start + by, amount.end + by)
    return QuantityHit(
        surface=normal.source[begin:end],
        offset=begin,
        kind=amount.kind,
        value=amount.value,
        unit=amount.unit,
        what=amount.what,
        rule=amount.rule,
        qualifier=amount.qualifier,
    )


def _actor(normal: Normal, actor: Actor, by: int) -> ActorHit:
    begin, end = normal.span(actor.start + by, actor.end + by)
    return ActorHit(normal.source[begin:end], begin, actor.role, actor.rule)
