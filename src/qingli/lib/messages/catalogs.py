"""Reading, writing and compiling the catalogues of a room."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

LOCALES = ("zh_Hant", "zh_Hans")
_HEADER = """msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {locale}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def po_path(room: Path, locale: str) -> Path:
    return room / "locale" / locale / "LC_MESSAGES" / "django.po"


def load(path: Path, locale: str) -> Catalog:
    """The catalogue in a .po file; an empty one where there is none."""
    if not path.is_file():
        return Catalog(locale=locale, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale, charset="utf-8", abort_invalid=True)


def save(path: Path, catalog: Catalog, locale: str) -> None:
    """Write a .po file with a header that says nothing about who and when."""
    body = BytesIO()
    write_po(body, catalog, width=110, omit_header=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_HEADER.format(locale=locale).encode() + body.getvalue())


def compile_po(path: Path, locale: str) -> bool:
    """Write the .mo beside a .po; False when it says the same already."""
    if is_compiled(path, locale):
        return False
    catalog = load(path, locale)
    for message in list(messages(catalog)):
        if not all(strings(message)):  # it would be written with its English text as the translation
            catalog.delete(*key(message))
    buffer = BytesIO()
    write_mo(buffer, catalog)
    path.with_suffix(".mo").write_bytes(buffer.getvalue())
    return True


def is_compiled(path: Path, locale: str) -> bool:
    """Whether the .mo beside a .po says what the .po says."""
    compiled = path.with_suffix(".mo")
    if not compiled.is_file():
        return False
    with compiled.open("rb") as file:
        return _meaning(read_mo(file)) == _meaning(load(path, locale))


def _meaning(catalog: Catalog) -> dict[tuple[str, str | None], tuple[str, ...]]:
    return {key(m): strings(m) for m in messages(catalog) if all(strings(m)) and not m.fuzzy}


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header, which is the message with an empty id."""
    return (message for message in catalog if message.id)


def key(message: Message) -> tuple[str, str | None]:
    """What a message is found by: its (singular) id and its context."""
    context = cast("str | bytes | None", message.context)
    if isinstance(context, bytes):  # so it comes from a .mo
        context = context.decode()
    return (message.id if isinstance(message.id, str) else message.id[0]), context


def strings(message: Message) -> tuple[str, ...]:
    """The translation, one string for each plural form (Chinese has one)."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
