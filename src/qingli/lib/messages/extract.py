"""Which messages the source asks for, room by room."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".xml", ".ics"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that the source asks for: its id (with its plural), its context, and where."""

    id: str | tuple[str, str]
    context: str | None
    place: str

    @property
    def key(self) -> tuple[str, str | None]:
        """What a catalogue finds it by."""
        return (self.id if isinstance(self.id, str) else self.id[0]), self.context


@lru_cache
def wanted(room: Path) -> tuple[Wanted, ...]:
    """Every message of the Python files and templates of a room, in the order of files and lines; read once."""
    found: list[Wanted] = []
    for path in sorted(room.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            source = path.read_text(encoding="utf8")
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            source = _as_python(path)
        else:
            continue
        found += _messages(source, str(path.relative_to(room.parent)))
    return tuple(found)


def _as_python(path: Path) -> str:
    # Django turns a template into calls that xgettext understands; for Python's own tokenizer the blanks before a line
    # go, and so do comments' line breaks.
    text: str = templatize(path.read_text(encoding="utf8"), str(path))
    return "\n".join(line.lstrip() for line in text.splitlines())


def _messages(source: str, name: str) -> Iterator[Wanted]:
    for line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        if isinstance(message, tuple):
            yield Wanted((str(message[0]), str(message[1])), context, f"{name}:{line}")
        elif message:
            yield Wanted(message, context, f"{name}:{line}")
