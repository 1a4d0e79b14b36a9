"""A plan put together from measures: its text, numbered the Chinese way, and actions that point into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Script = Literal["zh-Hant", "zh-Hans"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChosenMeasure:
    """A measure of the catalogue as the caller chose it.

    `when`, `owner`, `target` and `evidence` are words for the text, "" where still open; `norm` is the schedule behind
    `when`, None without one. `topic` is the heading it goes under, in the plan's script.
    """

    measure: str
    name: str
    topic: str
    when: str = ""
    norm: Mapping[str, object] | None = None
    owner: str = ""
    target: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ComposedAction:
    """One line of the composed plan: text[span[0]:span[1]] is the line, text[when[0]:when[1]] its time words."""

    measure: str
    span: Span
    title: str
    section: str
    when: Span | None
    norm: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Composed:
    title: str
    text: str
    actions: tuple[ComposedAction, ...]


_WORDS: dict[Script, dict[str, str]] = {
    "zh-Hant": {
        "when": "時間",
        "owner": "負責人",
        "target": "目標",
        "evidence": "留存資料",
        "title": "環境保護工作計劃",
    },
    "zh-Hans": {
        "when": "时间",
        "owner": "负责人",
        "target": "目标",
        "evidence": "留存资料",
        "title": "环境保护工作计划",
    },
}
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """一, 十, 十一, 二十, 九十九: 1 to 99, as headings are numbered."""
    if not 1 <= number <= 99:
        raise ValueError("number-out-of-range")
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def compose(
    measures: Sequence[ChosenMeasure], *, unit_name: str, period_name: str, script: Script = "zh-Hant", title: str = ""
) -> Composed:
    """The text of a plan: one 一、 heading for each topic, one （一） line for each measure, in the order given.

    `period_name` is written before the title (2026年下半年). What is still open is left out, never made up; the plan
    doctor then asks for it. Raises ValueError("no-measures") or, beyond 99 in a row, ValueError("number-out-of-range").
    """
    if not measures:
        raise ValueError("no-measures")
    words = _WORDS[script]
    title = title or f"{unit_name}{period_name}{words['title']}"
    text, actions = f"{title}\n", []
    topics: dict[str, list[ChosenMeasure]] = {}
    for measure in measures:
        topics.setdefault(measure.topic, []).append(measure)
    for number, (topic, chosen) in enumerate(topics.items(), 1):
        text += f"\n{chinese_number(number)}、{topic}\n"
        for place, measure in enumerate(chosen, 1):
            text += f"（{chinese_number(place)}）"
            line, when = _line(measure, words)
            actions.append(_placed(measure, len(text), line, when))
            text += f"{line}\n"
    return Composed(title, text, tuple(actions))


def _line(measure: ChosenMeasure, words: Mapping[str, str]) -> tuple[str, Span | None]:
    """名稱：時間：每月。負責人：……。 and where its time words stand in it."""
    line, when = f"{measure.name}。", None
    for name, value in (
        ("when", measure.when),
        ("owner", measure.owner),
        ("target", measure.target),
        ("evidence", measure.evidence),
    ):
        if value:
            start = len(line) + len(words[name]) + 1
            when = (start, start + len(value)) if name == "when" else when
            line += f"{words[name]}：{value}。"
    return line, when


def _placed(measure: ChosenMeasure, offset: int, line: str, when: Span | None) -> ComposedAction:
    shown = (offset + when[0], offset + when[1]) if when else None
    span = (offset, offset + len(line))
    return ComposedAction(measure.measure, span, measure.name, measure.topic, shown, measure.norm)
