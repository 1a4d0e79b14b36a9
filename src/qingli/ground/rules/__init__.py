"""What an outsider could dispute about territory, posts and permissions. Plain Python."""

from qingli.ground.rules.asker import SYSTEM, Asker, PostFact, visitor
from qingli.ground.rules.kinds import GroupKind, Language, PartyKind, Role, Script, SeatKind, SiteType, UnitKind

__all__ = [
    "SYSTEM",
    "Asker",
    "GroupKind",
    "Language",
    "PartyKind",
    "PostFact",
    "Role",
    "Script",
    "SeatKind",
    "SiteType",
    "UnitKind",
    "visitor",
]
