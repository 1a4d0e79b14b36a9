"""Kinds of postings and replies, and how a reply ends."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class NoticeKind(StrEnum):
    """What is posted: the goals of a plan, who is to get a title, how something ended, or something to know."""

    GOALS = "goals"
    CANDIDATES = "candidates"
    RESULT = "result"
    INFORMATION = "information"


class ReplyKind(StrEnum):
    """An opinion is heard; an objection has to be decided, and what depends on it waits."""

    OPINION = "opinion"
    OBJECTION = "objection"


class Outcome(StrEnum):
    """How a reply was answered. Only an opinion can be merely noted."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the things that a notice is about, such as a candidate: an id of the room above, and its name."""

    id: UUID
    label: str
