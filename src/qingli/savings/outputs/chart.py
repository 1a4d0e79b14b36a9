"""A chart that reads in print and in grey: lines differ by thickness and dashes, never by colour alone."""

from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil, floor, log10

from ..model import Line, MeterResult
from ..report import Report
from ..words import Language, say, sentence, unit_word

_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 300, 64, 32, 62, 40
_MOST = 20
_CLOSING = frozenset("，。、；：）」』》”,.;:)% ")


def chart_svg(report: Report, language: Language) -> str:
    """Use per day of each meter (at most twenty), with what was to be expected and where the change lies."""
    shown = [each for each in report.results if any(line.use is not None for line in each.lines)][:_MOST]
    height = _PANEL * max(1, len(shown))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" lang="{language}" font-family="sans-serif" font-size="13" fill="#000">',
        f"<title>{escape(say('title', language))}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
    ]
    for index, each in enumerate(shown):
        parts.append(f'<g transform="translate(0 {index * _PANEL})">')
        parts += _panel(each, language)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _panel(each: MeterResult, language: Language) -> list[str]:
    lines = [line for line in each.lines if line.days > 0]
    first, last = min(line.start for line in lines), max(line.end for line in lines)
    rates = [value / line.days for line in lines for value in (line.use, line.expected) if value is not None]
    top = _round_up(max([*rates, 1e-9]))
    box = _Box(first, last, top)
    head = say("chart", language, name=each.name, unit=unit_word(each.unit, language))
    parts = [f'<text x="{_LEFT}" y="20" font-weight="bold">{escape(head)}</text>']
    parts += _wrapped(sentence(each, language), 40)
    for step in range(5):
        value = top * step / 4
        y = box.y(value)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ccc"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    parts += _months(box)
    parts.append(_steps(lines, box, expected=True, style='stroke="#000" stroke-width="1.2" stroke-dasharray="5 3"'))
    parts.append(_steps(lines, box, expected=False, style='stroke="#444" stroke-width="3"'))
    if first <= each.change <= last:
        x = box.x(each.change)
        parts.append(
            f'<path d="M{x:.1f} {_TOP}V{_PANEL - _BOTTOM}" stroke="#000" stroke-width="1.5" stroke-dasharray="1 3"/>'
        )
        parts.append(f'<text x="{x + 4:.1f}" y="{_TOP + 12}">{escape(say("change", language))} {each.change}</text>')
    return parts


class _Box:
    """Where a day and a value lie in the picture."""

    def __init__(self, first: date, last: date, top: float) -> None:
        self.first, self.last, self.top = first, last, top

    def x(self, day: date) -> float:
        """Across."""
        return _LEFT + (day - self.first).days / max(1, (self.last - self.first).days) * (_WIDTH - _RIGHT - _LEFT)

    def y(self, value: float) -> float:
        """Down."""
        return _PANEL - _BOTTOM - max(0.0, value) / self.top * (_PANEL - _BOTTOM - _TOP)


def _steps(lines: Sequence[Line], box: _Box, *, expected: bool, style: str) -> str:
    """A step for each bill; a gap where nothing is known, never a line down to zero."""
    path, joined = [], None
    for line in lines:
        value = line.expected if expected else (line.use if not line.reason else None)
        if value is None:
            joined = None
            continue
        left, right, y = box.x(line.start), box.x(line.end), box.y(value / line.days)
        path.append(f"{'L' if joined == line.start else 'M'}{left:.1f} {y:.1f}H{right:.1f}")
        joined = line.end
    return f'<path d="{"".join(path)}" fill="none" {style}/>' if path else ""


def _months(box: _Box) -> list[str]:
    parts = []
    year, month = box.first.year, box.first.month
    while (day := date(year, month, 1)) <= box.last:
        if day >= box.first:
            x, long = box.x(day), month in (1, 7)
            parts.append(f'<path d="M{x:.1f} {_PANEL - _BOTTOM}v{8 if long else 4}" stroke="#000"/>')
            if long:
                parts.append(
                    f'<text x="{x:.1f}" y="{_PANEL - _BOTTOM + 22}" text-anchor="middle">{year}-{month:02d}</text>'
                )
        year, month = year + month // 12, month % 12 + 1
    return parts


def _wrapped(text: str, y: int) -> list[str]:
    """At most two lines; none begins with a closing mark."""
    limit = 52 if any(ord(character) > 0x2E80 for character in text) else 105
    end = limit
    while (
        len(text) > end
        and (text[end] in _CLOSING or (text[end].isalnum() and text[end].isascii()))
        and end > limit // 2
    ):
        end -= 1
    end -= end < len(text) and text[end - 1] in "（「“("
    parts = [part for part in (text[:end], text[end : 2 * limit].strip()) if part]
    return [
        f'<text x="{_LEFT}" y="{y - 2 + 15 * index}" font-size="12">{escape(part)}</text>'
        for index, part in enumerate(parts)
    ]


def _round_up(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return ceil(value / power * 2) / 2 * power
