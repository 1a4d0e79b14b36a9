"""Near-copies of other plans, compared without script, masks and punctuation."""

import re
from collections.abc import Iterator
from zlib import crc32

from qingli.reading.normal import simplify

from .types import Context, Finding, PlanFacts

COPY = 0.85
"""Above this share of common text a plan counts as a copy."""
SIZE = 5
"""Characters in a shingle."""
_NOISE = re.compile(r"[^0-9a-z\u3400-\u9fff]+|20[0-9x]{2}|[x]{2,}", re.IGNORECASE)


def plain(text: str) -> str:
    """The text in Simplified characters, without years, masks, punctuation and spaces: what a copy keeps."""
    return bare(simplify(text))


def bare(text: str) -> str:
    """`plain` of a text that is in Simplified characters already."""
    return _NOISE.sub("", text)


def shingles(text: str) -> frozenset[int]:
    """The text's shingles as 32-bit numbers, the same on every machine; a text under five characters has none."""
    body = plain(text)
    return frozenset(crc32(body[at : at + SIZE].encode()) for at in range(len(body) - SIZE + 1))


def similarity(one: frozenset[int], other: frozenset[int]) -> tuple[float, float]:
    """(Jaccard, containment of the smaller in the larger), both 0 to 1."""
    common = len(one & other)
    union, smaller = len(one | other), min(len(one), len(other))
    return (common / union if union else 0.0), (common / smaller if smaller else 0.0)


def copies(plan: PlanFacts, context: Context) -> Iterator[Finding]:
    """Other plans here that this one repeats to more than 85 %."""
    if not context.others:
        return
    mine = shingles(plan.body)
    for other in context.others:
        jaccard, containment = similarity(mine, other.shingles)
        if max(jaccard, containment) > COPY:
            yield Finding(
                "copy",
                "should",
                plan.span,
                {
                    "id": other.id,
                    "title": other.title,
                    "jaccard": round(jaccard, 3),
                    "containment": round(containment, 3),
                },
            )
