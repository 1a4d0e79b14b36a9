"""What an outsider could dispute about territory, posts and permissions. Plain Python."""

from qingli.ground.rules.asker import SYSTEM, Asker, PostFact, visitor
from qingli.ground.rules.errors import Code, GroundError, NotAllowedError
from qingli.ground.rules.kinds import GroupKind, Language, PartyKind, Role, Script, SeatKind, SiteType, UnitKind
from qingli.ground.rules.paths import Level, ancestors, child_path, clean_code, level, subtree
from qingli.ground.rules.permissions import DEEDS, PERMISSIONS, Access, Deed, Reach, access, may, reach, require
from qingli.ground.rules.terms import Holder, Span, day_of, zone
from qingli.ground.rules.words import clean_phone, clean_text, clean_username, mask_phone

__all__ = [
    "DEEDS",
    "PERMISSIONS",
    "SYSTEM",
    "Access",
    "Asker",
    "Code",
    "Deed",
    "GroundError",
    "GroupKind",
    "Holder",
    "Language",
    "Level",
    "NotAllowedError",
    "PartyKind",
    "PostFact",
    "Reach",
    "Role",
    "Script",
    "SeatKind",
    "SiteType",
    "Span",
    "UnitKind",
    "access",
    "ancestors",
    "child_path",
    "clean_code",
    "clean_phone",
    "clean_text",
    "clean_username",
    "day_of",
    "level",
    "mask_phone",
    "may",
    "reach",
    "require",
    "subtree",
    "visitor",
    "zone",
]
