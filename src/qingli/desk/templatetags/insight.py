"""Tags for the pages about figures."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingli.papers.half_year_shape import Block, Sentence, Table
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
}


@register.filter
def outcome_word(code: str) -> str:
    return word(OUTCOMES, code)


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
