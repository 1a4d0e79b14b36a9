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
    """SHA-256, in hex, of the list as it can be downloaded: by it a list of sites is known again."""
    return hashlib.sha256(frame_text(frame).encode()).hexdigest()


def frame_text(frame: Iterable[UUID]) -> str:
    """The ids in order, one a line."""
    return "".join(f"{site}\n" for site in sorted(frame, key=str))


def _ticket(seed: str, site: UUID) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}:{site}".encode()).hexdigest(), str(site)
