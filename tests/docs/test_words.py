"""docs/words.md says what the code says, and the pages speak as docs/words.md does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

import qingli
from qingli.lib.messages.catalogs import load, messages, po_path, strings
from qingli.lib.messages.extract import wanted
from tests.docs.pages import DOCS, in_the_code, read, table

PACKAGE = Path(qingli.__file__).parent
WORDS = table(read(DOCS / "words.md"), "English", "繁體", "简体", "what it is", "in the code")
ASIDE = table(read(DOCS / "words.md"), "say", "not", "language")


def aside(language: str, rows: list[list[str]]) -> list[str]:
    return [word for row in rows if row[2] == language for word in re.split(", *", row[1])]


def faults(language: str, spoken: Iterator[tuple[str, str]], rows: list[list[str]]) -> list[str]:
    """Where a word that is set aside is spoken: English as a whole word in any case, Chinese anywhere."""
    words = [re.escape(word) for word in aside(language, rows)]
    pattern = re.compile(rf"\b(?:{'|'.join(words)})s?\b" if language == "en" else "|".join(words), re.IGNORECASE)
    return [f"{place}: {found[0]!r} in {text!r}" for place, text in spoken if (found := pattern.search(text))]


def english() -> Iterator[tuple[str, str]]:
    for room in sorted(PACKAGE.iterdir()):
        for want in wanted(room) if room.is_dir() else ():
            yield from ((want.place, text) for text in ([want.id] if isinstance(want.id, str) else want.id))


def translated(locale: str) -> Iterator[tuple[str, str]]:
    for room in sorted(PACKAGE.iterdir()):
        if (path := po_path(room, locale)).is_file():
            yield from ((room.name, text) for message in messages(load(path, locale)) for text in strings(message))


def test_every_term_is_whole_and_stands_once() -> None:
    assert all(len(row) == 5 and all(row) for row in WORDS)
    for column in (0, 1, 4):
        names = [row[column] for row in WORDS]
        assert sorted(names) == sorted(set(names))


def test_every_term_is_in_the_code() -> None:
    for row in WORDS:
        assert re.fullmatch(r"`[\w.]+`", row[4]), row
        in_the_code(row[4].strip("`"))


def test_a_term_that_is_gone_is_noticed() -> None:
    with pytest.raises(LookupError):
        in_the_code("plan.models.Assignment")
    with pytest.raises(LookupError):
        in_the_code("nowhere.Task")


def test_every_table_of_the_rooms_is_named() -> None:
    told = {in_the_code(row[4].strip("`")) for row in WORDS}
    tables = [model for room in settings.ROOMS for model in apps.get_app_config(room).get_models()]
    assert len(tables) > 20
    assert [model.__qualname__ for model in tables if model not in told] == []


def test_the_pages_do_not_speak_words_that_are_set_aside() -> None:
    assert faults("en", english(), ASIDE) == []
    for locale in ("zh_Hant", "zh_Hans"):
        assert faults(locale, translated(locale), ASIDE) == []


def test_a_word_that_is_set_aside_is_noticed() -> None:
    rows = [["task", "assignment, to-do", "en"], ["任務", "工單", "zh_Hant"]]
    assert faults("en", iter([("a", "Your assignments"), ("b", "A task"), ("c", "reassigned")]), rows) == [
        "a: 'assignments' in 'Your assignments'"
    ]
    assert faults("zh_Hant", iter([("a", "新工單"), ("b", "任務")]), rows) == ["a: '工單' in '新工單'"]
