"""Paths of units: the codes from the root down, "/city/street/community/"."""

import re
from enum import StrEnum

from qingli.ground.rules.errors import GroundError

PATH_LENGTH = 200
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?")


class Level(StrEnum):
    """Where a unit lies, seen from another one."""

    OWN = "own"
    BELOW = "below"
    ABOVE = "above"
    BESIDE = "beside"


def clean_code(text: str) -> str:
    """A unit's code: up to 24 small letters, digits and inner hyphens. Raises `code-malformed`."""
    code = text.strip().lower()
    if not _CODE.fullmatch(code):
        raise GroundError("code-malformed", "code")
    return code


def child_path(parent: str, code: str) -> str:
    """The path of a child; `parent` is "" for a root. Raises `path-too-long`."""
    path = f"{parent or '/'}{code}/"
    if len(path) > PATH_LENGTH:
        raise GroundError("path-too-long", "code")
    return path


def subtree(path: str) -> tuple[str, str]:
    """The range `low <= path < high` that holds exactly this unit and everything below it.

    "0" is the character after "/", and paths are compared byte by byte, so an index serves the range.
    """
    return path, path[:-1] + "0"


def ancestors(path: str) -> tuple[str, ...]:
    """The paths above this one, from the root down, without itself."""
    codes = path.strip("/").split("/")
    return tuple("/" + "/".join(codes[:n]) + "/" for n in range(1, len(codes)))


def level(home: str, target: str) -> Level:
    """Where `target` lies, seen from `home`."""
    if home == target:
        return Level.OWN
    if target.startswith(home):
        return Level.BELOW
    if home.startswith(target):
        return Level.ABOVE
    return Level.BESIDE


def near(one: str, other: str) -> bool:
    """Whether two units are the same, one lies in the other, or both lie in the same parent."""
    if level(one, other) is not Level.BESIDE:
        return True
    above = ancestors(one)
    return bool(above) and above == ancestors(other)
