"""Drawing sites so that anybody can draw them again.

Each site gets the SHA-256 of the seed, a colon and its id; the smallest are drawn. The seed is the chain of the journal
after the batch that sealed the request: nobody knew it when the request was made. In the words of those it binds:
docs/rules/samples.md.
"""

import hashlib
from collections.abc import Iterable
from uuid import UUID


def draw(seed: str, frame: Iterable[UUID], size: int) -> tuple[UUID, ...]:
    """`size` of the sites (all, if there are no more), in the order in which they were drawn."""
    if not seed:
        raise ValueError("a draw needs a seed")
    return tuple(sorted(set(frame), key=lambda site: _ticket(seed, site))[:size])


def frame_hash(frame: Iterable[UUID]) -> str:
    """SHA-256, in hex, over the ids in order, one a line: by it a list of sites is known again."""
    return hashlib.sha256("\n".join(sorted(map(str, frame))).encode()).hexdigest()


def _ticket(seed: str, site: UUID) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}:{site}".encode()).hexdigest(), str(site)
