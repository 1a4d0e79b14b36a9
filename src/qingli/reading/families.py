"""Which plans are near-copies of one another: shared shingles, with years, places and numbering taken out."""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence

_MASKED = re.compile(r"[\s\d\W_xX]+|篇")
_SIZE = 7
_KEEP_ONE_IN = 4
_ALIKE = 0.5
_CONTAINED = 0.75
_COPY = 0.9
_HELD = 8


def families(texts: Sequence[str]) -> list[int]:
    """For each normalised text the index of the first text of its family.

    An inverted index over sampled shingles finds the candidates. A shingle remembers only its last few holders, and a
    mere copy is not indexed again, so thousands of plans take time in proportion.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    prints: list[frozenset[int]] = []
    parent = list(range(len(texts)))
    for index, text in enumerate(texts):
        own = _shingles(text)
        prints.append(own)
        shared: Counter[int] = Counter()
        for shingle in own:
            shared.update(holders.get(shingle, ()))
        near = [other for other, common in shared.items() if _near(common, len(own), len(prints[other]))]
        for other in near:
            _join(parent, other, index)
        if not any(shared[other] >= _COPY * len(own | prints[other]) for other in near):
            for shingle in own:
                holders[shingle] = [*holders[shingle][1 - _HELD :], index]
    return [_root(parent, index) for index in range(len(texts))]


def _shingles(text: str) -> frozenset[int]:
    """A fixed sample of the hashes of all runs of seven characters, digits, marks and masks taken out."""
    plain = _MASKED.sub("", text)
    data = plain.encode("utf-32-le")
    hashes = (zlib.crc32(data[at : at + 4 * _SIZE]) for at in range(0, len(data) - 4 * _SIZE + 4, 4))
    return frozenset(value for value in hashes if value % _KEEP_ONE_IN == 0)


def _near(common: int, one: int, other: int) -> bool:
    return common >= _ALIKE * (one + other - common) or (
        common >= _CONTAINED * min(one, other) and min(one, other) * 4 >= max(one, other)
    )


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _join(parent: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first
