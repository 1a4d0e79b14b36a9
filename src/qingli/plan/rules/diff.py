"""Two versions of a plan, side by side, for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Value = str | int | float | bool | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionVersion:
    """One action in one version: lineage, title and its other fields by name (owner, schedule, target…)."""

    lineage: str
    title: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class ActionChange:
    """kind: added, removed or changed; `title` is the new one (the old one of what was removed)."""

    kind: Literal["added", "removed", "changed"]
    lineage: str
    title: str
    fields: tuple[FieldChange, ...] = ()


def compare_actions(old: Sequence[ActionVersion], new: Sequence[ActionVersion]) -> tuple[ActionChange, ...]:
    """What became of each action: changed and added ones in the new order, then the removed ones in the old order."""
    before, after = ({action.lineage: action for action in version} for version in (old, new))
    changes = []
    for action in new:
        if action.lineage not in before:
            changes.append(ActionChange("added", action.lineage, action.title))
        elif fields := _changed_fields(before[action.lineage], action):
            changes.append(ActionChange("changed", action.lineage, action.title, fields))
    changes += [ActionChange("removed", one.lineage, one.title) for one in old if one.lineage not in after]
    return tuple(changes)


def _changed_fields(old: ActionVersion, new: ActionVersion) -> tuple[FieldChange, ...]:
    names = dict.fromkeys([*old.fields, *new.fields])
    title = [FieldChange("title", old.title, new.title)] if old.title != new.title else []
    pairs = ((name, old.fields.get(name), new.fields.get(name)) for name in names)
    return (*title, *(FieldChange(name, was, now) for name, was, now in pairs if was != now))


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text: same in both, only in the old (removed) or only in the new (added)."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare_texts(old: str, new: str) -> tuple[Passage, ...]:
    """The two texts as passages in reading order; same+removed joined is `old`, same+added is `new`.

    Lines are compared first, then the characters of lines that were reworded.
    """
    a, b = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Passage] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Passage("same", "".join(a[a1:a2])))
        else:
            found += _reworded("".join(a[a1:a2]), "".join(b[b1:b2]))
    return _joined(found)


_ALIKE = 0.5
"""Below this share of common characters two lines are shown whole, one struck out and one new: scraps help nobody."""


def _reworded(old: str, new: str) -> list[Passage]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    whole = [Passage("removed", old), Passage("added", new)]
    if len(old) * len(new) > 4_000_000 or matcher.ratio() < _ALIKE:
        return whole
    found = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Passage("same", old[a1:a2]))
        else:
            found += [Passage("removed", old[a1:a2]), Passage("added", new[b1:b2])]
    return found


def _joined(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for passage in passages:
        if found and found[-1].kind == passage.kind:
            found[-1] = Passage(passage.kind, found[-1].text + passage.text)
        elif passage.text:
            found.append(passage)
    return tuple(found)
