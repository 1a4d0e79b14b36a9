"""Who asks or acts, with the posts that they hold at that moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from qingli.ground.rules.kinds import Role


@dataclass(frozen=True, slots=True)
class PostFact:
    """A post: what it makes its holder, in which unit, and for staff of a partner of which partner."""

    role: Role
    unit_id: UUID
    unit_path: str
    party_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """A person with their own posts and those they cover for somebody else; or the system; or a visitor.

    A person has a `person_id`; the others have a `handle` ("system", "visitor:…") and no post.
    """

    person_id: UUID | None = None
    name: str = ""
    posts: tuple[PostFact, ...] = ()
    covers: tuple[PostFact, ...] = ()
    handle: str = ""

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.handle == ""):
            raise ValueError("an asker is either a person or has a handle")

    @property
    def ref(self) -> str:
        """How the journal names this asker."""
        return f"person:{self.person_id}" if self.person_id else self.handle

    @property
    def is_system(self) -> bool:
        return self.handle == "system"

    @property
    def held(self) -> Iterator[PostFact]:
        """Own posts first, then the covered ones."""
        yield from self.posts
        yield from self.covers


SYSTEM = Asker(handle="system")


def visitor(random: str) -> Asker:
    """Somebody without an account, known for one visit by a random word."""
    return Asker(handle=f"visitor:{random}")
