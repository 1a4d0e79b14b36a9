"""Tags for the pages about figures."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingli.papers.half_year_shape import Block, Sentence, Table
from qingli.proof.queries.sums_below import Sums
from qingli.web.words import word

register = template.Library()

OUTCOMES: Mapping[str, str | Promise] = {
    "promised": _("promised"),
    "done": _("done"),
    "on_time": _("done on time"),
    "done_late": _("done late"),
    "not_done": _("not to be done, with a reason"),
    "open": _("left to do"),
    "late": _("late"),
    "not_due": _("not due yet"),
    "records": _("records"),
}


STANDS: Mapping[str, str | Promise] = {
    "submitted": _("handed in to the street"),
    "endorsed": _("endorsed by the street"),
    "recommended": _("recommended by the district"),
    "posted": _("posted as candidates"),
    "named": _("named"),
    "declined": _("not named"),
    "returned": _("sent back to be mended"),
    "withdrawn": _("withdrawn by the community"),
    "not-applied": _("not handed in"),
}


@register.filter
def stands(state: str) -> str:
    """Where communities stand with what they handed in."""
    return word(STANDS, state)


@register.filter
def outcome_word(code: str) -> str:
    return word(OUTCOMES, code)


@register.filter
def done_late(sums: Sums) -> int:
    return sums.done - sums.on_time


@register.filter
def sum_pairs(sums: Sums) -> list[tuple[int, dict[str, Any]]]:
    """The figures of a sum with their words, in the order in which they are read."""
    numbers = {
        "promised": sums.promised,
        "on_time": sums.on_time,
        "done_late": done_late(sums),
        "not_done": sums.not_done,
        "late": sums.late,
        "not_due": sums.open - sums.late,
        "records": sums.records,
    }
    return [(n, {"word": word(OUTCOMES, name), "late": name == "late"}) for name, n in numbers.items()]


@register.filter
def runs(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """The blocks of a part as a page sets them: sentences that are items of one list together, tables with heads."""
    for is_item, group in groupby(blocks, lambda block: isinstance(block, Sentence) and block.item):
        if is_item:
            yield {"listed": list(group)}
            continue
        for block in group:
            if isinstance(block, Table):
                rows = [list(zip(block.heads, row, strict=True)) for row in block.rows]
                yield {"table": {"heads": block.heads, "rows": rows, "sums": block.sums}}
            else:
                yield {"sentence": block}
