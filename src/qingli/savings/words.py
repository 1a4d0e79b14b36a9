"""What the library says to people, in three languages. Codes are for programs; nothing here decides anything."""

from pathlib import Path
from typing import Literal

import yaml

from .model import MeterResult

Language = Literal["zh-Hant", "zh-Hans", "en"]
_COLUMN = {"zh-Hant": 0, "zh-Hans": 1, "en": 2}
Three = tuple[str, str, str]


def _groups() -> dict[str, dict[str, Three]]:
    """The words in `words.yaml`: three texts for every key."""
    path = Path(__file__).parent / "words.yaml"
    found: dict[str, dict[str, Three]] = {}
    for group, entries in yaml.safe_load(path.read_text(encoding="utf8")).items():
        found[group] = {str(key): (str(texts[0]), str(texts[1]), str(texts[2])) for key, texts in entries.items()}
    return found


_GROUPS = _groups()
_ALL = {**_GROUPS["words"], **_GROUPS["reasons"]}


def say(key: str, language: Language, **facts: object) -> str:
    """The words for a key; a code without words is shown as it is."""
    found = _ALL.get(key)
    if found is None:
        return key
    return found[_COLUMN[language]].format_map(_Blank(facts))


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def kind_word(kind: str, language: Language) -> str:
    """Electricity, gas, …"""
    return _GROUPS["kinds"][kind][_COLUMN[language]]


def unit_word(unit: str, language: Language) -> str:
    """kWh, m³, …"""
    return _GROUPS["units"][unit][_COLUMN[language]]


def amount(value: float | None, language: Language = "en") -> str:
    """A number as people write it: three figures that count, never more digits than are known."""
    if value is None:
        return say("no-answer", language)
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"


def percent(value: float | None, language: Language = "en") -> str:
    """A share."""
    return say("no-answer", language) if value is None else f"{value * 100:.1f} %"


def sentence(result: MeterResult, language: Language) -> str:
    """The verdict in one sentence that a resident understands."""
    plain = result.verdict.startswith("plain")
    source = result.plain if plain else result
    saving = source.saving if source else None
    share = source.share if source else None
    unmet = [rule.code for rule in result.rules if rule.state == "unmet" and rule.code != "weather"]
    return _GROUPS["verdicts"][result.verdict][_COLUMN[language]].format(
        name=result.name,
        kind=kind_word(result.kind, language),
        unit=unit_word(result.unit, language),
        amount=amount(None if saving is None else abs(saving), language),
        share=percent(None if share is None else abs(share), language),
        half=amount(result.band.half, language),
        why=say(unmet[0] if unmet else "nothing-to-compare", language),
    )


def band_sentence(result: MeterResult, language: Language) -> str:
    """Which band was used, and where it comes from."""
    facts = {"confidence": f"{result.band.confidence * 100:.0f} %", **result.band.facts}
    facts["source"] = say(str(facts.get("source", "")), language)
    return _GROUPS["bands"][result.band.kind][_COLUMN[language]].format_map(_Blank(facts))
