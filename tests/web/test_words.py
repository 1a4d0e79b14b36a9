"""Every code that a room gives has words; every kind of entry in the journal has, too."""

import ast
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest
from django.utils import translation
from django.utils.functional import Promise

import qingli
from qingli.ground.rules import Code, GroupKind, PartyKind, Role, SeatKind, SiteType, UnitKind
from qingli.web import words
from qingli.web.words import JOURNAL_KINDS, REFUSALS, explain

ROOT = Path(qingli.__file__).parent
ROOMS = ("archive", "ground", "ledger", "board", "plan", "work", "proof", "title")
LANGUAGES = ("zh-hant", "zh-hans", "en")
# Faults of ours, not refusals: no form leads there, and they go on as errors of the program.
OURS = {"negative-count", "naive-time", "page-key"}


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def given_codes() -> dict[str, str]:
    """Every code that a room's errors are made with, or have for good, and where."""
    found = dict.fromkeys(get_args(Code), "ground/rules/errors.py")
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            codes: list[str] = []
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                codes = list(texts(node.args[0])) if name.endswith("Error") else []
            elif isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                assigned = [part for part in node.body if isinstance(part, ast.Assign | ast.AnnAssign)]
                codes = [text for part in assigned if part.value for text in texts(part.value)]
            found |= {code: str(path.relative_to(ROOT)) for code in codes if code.replace("-", "").isalpha()}
    return found


def given_kinds() -> set[str]:
    """The kind of every deed."""
    kinds: set[str] = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "deed":
                kinds |= set(texts(node.args[0]))
    return kinds


def test_every_refusal_says_what_to_do() -> None:
    codes = given_codes()
    assert len(codes) > 80
    missing = {code: where for code, where in codes.items() if code not in REFUSALS.keys() | OURS}
    assert not missing


def test_no_sentence_is_there_for_nothing() -> None:
    assert not REFUSALS.keys() - given_codes().keys()


def test_every_deed_has_words_in_the_history() -> None:
    kinds = given_kinds()
    assert len(kinds) > 50
    assert (kinds - JOURNAL_KINDS.keys(), JOURNAL_KINDS.keys() - kinds) == (set(), set())


@pytest.mark.parametrize(
    ("kinds", "known"),
    [
        (Role, words.ROLES),
        (UnitKind, words.UNIT_KINDS),
        (SiteType, words.SITE_TYPES),
        (PartyKind, words.PARTY_KINDS),
        (GroupKind, words.GROUP_KINDS),
        (SeatKind, words.SEAT_KINDS),
    ],
)
def test_every_kind_of_the_ground_has_a_word(kinds: type[StrEnum], known: Mapping[str, str | Promise]) -> None:
    assert {kind.value for kind in kinds} == set(known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_are_sentences_in_every_language(language: str) -> None:
    with translation.override("en"):
        english = {code: str(sentence) for code, sentence in REFUSALS.items()}
    with translation.override(language):
        for code, sentence in REFUSALS.items():
            text = str(sentence)
            assert text.endswith((".", "。")) or "例如" in text or "for example" in text, text
            assert (text == english[code]) == (language == "en"), f"{code} is not translated"


def test_an_unknown_refusal_is_still_a_sentence() -> None:
    with translation.override("en"):
        assert explain(ValueError()).startswith("This cannot be done now.")
