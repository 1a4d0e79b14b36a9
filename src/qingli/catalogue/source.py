"""Reads YAML so that every complaint can name its file and line."""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn

import yaml

from .types import CatalogueError

_NULLS = ("", "~", "null")
MAX_BYTES = 1_000_000
MAX_NESTING = 20  # our files need five; a parser in C must not be led deeper
_Base: type = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


class _Loader(_Base):  # type: ignore[misc]  # which of two classes is only known when it runs
    """Leaves every scalar a text: what it means is for the one who asks, and guessing its type takes half the time."""

    def resolve(self, _kind: type, _value: object, _implicit: object) -> str:
        return "tag:yaml.org,2002:str"


class Entry:
    """A value in a file, with typed ways to read it; each raises CatalogueError where the value is something else."""

    __slots__ = ("_node", "path")

    def __init__(self, path: Path, node: yaml.Node) -> None:
        self.path = path
        self._node = node

    @property
    def line(self) -> int:
        return int(self._node.start_mark.line) + 1

    def fail(self, code: str, detail: object = "") -> NoReturn:
        """Refuse this value."""
        raise CatalogueError(code, self.path, self.line, str(detail))

    @property
    def is_null(self) -> bool:
        return isinstance(self._node, yaml.ScalarNode) and not self._node.style and self._node.value in _NULLS

    def fields(self, required: Collection[str] = (), optional: Collection[str] = ()) -> dict[str, "Entry"]:
        """A mapping with all of `required` and nothing beyond `optional`."""
        found = dict(self.items())
        for name, value in found.items():
            if name not in required and name not in optional:
                value.fail("unknown-field", name)
        for name in required:
            if name not in found:
                self.fail("missing-field", name)
        return found

    def items(self) -> Iterator[tuple[str, "Entry"]]:
        """Keys and values of a mapping, in order; no key twice."""
        if not isinstance(self._node, yaml.MappingNode):
            self.fail("not-a-mapping")
        seen: set[str] = set()
        for key_node, value_node in self._node.value:
            key = Entry(self.path, key_node).text()
            if key in seen:
                Entry(self.path, key_node).fail("repeated-key", key)
            seen.add(key)
            yield key, Entry(self.path, value_node)

    def entries(self) -> list["Entry"]:
        """The values of a list."""
        if not isinstance(self._node, yaml.SequenceNode):
            self.fail("not-a-list")
        return [Entry(self.path, node) for node in self._node.value]

    def text(self) -> str:
        """A non-empty text on one line."""
        if not isinstance(self._node, yaml.ScalarNode):
            self.fail("not-a-text")
        value = str(self._node.value).strip()
        if not value or "\n" in value or self.is_null:
            self.fail("not-a-text")
        return value

    def texts(self) -> tuple[str, ...]:
        """A list of texts, none twice."""
        values: dict[str, None] = {}
        for entry in self.entries():
            value = entry.text()
            if value in values:
                entry.fail("repeated-value", value)
            values[value] = None
        return tuple(values)

    def choice(self, allowed: Collection[str]) -> str:
        value = self.text()
        if value not in allowed:
            self.fail("unknown-value", value)
        return value

    def choices(self, allowed: Collection[str]) -> tuple[str, ...]:
        values = self.texts()
        for entry in self.entries():
            entry.choice(allowed)
        return values

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        value = self.text()
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 6 or not low <= int(value) <= high:
            self.fail("not-a-number-in-range", f"{value} ({low} to {high})")
        return int(value)

    def flag(self) -> bool:
        return self.choice(("true", "false")) == "true"

    def day(self) -> date:
        """A date as YYYY-MM-DD."""
        value = self.text()
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail("not-a-date", value)


def read(path: Path) -> Entry:
    """The content of one YAML file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogueError("unreadable", path, 1, error.__class__.__name__) from error
    if len(data) > MAX_BYTES:
        raise CatalogueError("too-large", path, 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CatalogueError("not-utf8", path, line) from error
    return _compose(path, text)


def _compose(path: Path, text: str) -> Entry:
    _refuse_depth(path, text)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise CatalogueError("not-yaml", path, line, error.problem or "") from error
    except (yaml.YAMLError, ValueError) as error:
        raise CatalogueError("not-yaml", path, 1, error.__class__.__name__) from error
    finally:
        loader.dispose()
    if node is None:
        raise CatalogueError("empty", path, 1)
    return Entry(path, node)


def _refuse_depth(path: Path, text: str) -> None:
    """A hostile file may nest a million lists, so brackets and indents are counted before a parser sees them."""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        depth += line.count("[") + line.count("{") - line.count("]") - line.count("}")
        nested = len(line) - len(line.lstrip(" -?:"))
        if line.count("[") + line.count("{") > MAX_NESTING * 5 or depth > MAX_NESTING or nested > MAX_NESTING * 2:
            raise CatalogueError("too-deep", path, number)
