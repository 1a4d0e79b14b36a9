"""Neighbouring time expressions that are one: 5—10月 + 每周, 每年 + 重阳节, 每周五 + 下午, 汛期前 + （5月底）."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .found import Found, rrule

_MONTHLY_WINDOW = re.compile(r"(?:\*|Y|Y\+1|\d{4})-(\d\d)-01")
_SENTENCE_END = re.compile(r"[。\n]")
_DAY_KINDS = frozenset({"recur", "date", "deadline", "festival", "window"})


def combine(text: str, hits: Sequence[Found]) -> list[Found]:
    """Join neighbours from left to right, then give 其余月份 the months that the rule before it left over."""
    joined: list[Found] = []
    for hit in hits:
        while joined:
            pair = _pair(text, joined[-1], hit)
            if pair is None:
                break
            joined.pop()
            hit = pair  # noqa: PLW2901  the joined pair is looked at again with what stands before it
        joined.append(hit)
    return _share_months(text, [_from(text, hit) for hit in joined])


def _from(text: str, hit: Found) -> Found:
    """自 or 从 before a time that ends in 起 belongs to it."""
    spans = hit.norm["type"] == "window" and hit.norm.get("from") and hit.rule == "span"
    began = text[hit.start : hit.end].endswith(("起", "开始")) or spans
    opened = began and text[hit.start - 1 : hit.start] in (("自", "从", "由") if spans else ("自", "从"))
    return hit.widened(hit.start - 1, hit.end) if opened else hit


def _pair(text: str, left: Found, right: Found) -> Found | None:
    between = text[left.end : right.start]
    if between in ("", "的"):
        return (
            _alternate_weekday(left, right)
            or _window_and_rule(left, right)
            or _every_year(left, right)
            or _time_of_day(left, right)
        )
    if between in ("(", "(即") and text[right.end : right.end + 1] == ")":
        return _explained(left, right)
    if between in ("或", "或者") and left.norm["type"] == right.norm["type"] == "rrule":
        values = [*_values(left.norm), *_values(right.norm)]
        return left.widened(left.start, right.end, norm={"type": "rrule", "value": values, "any_of": True})
    return None


def _alternate_weekday(left: Found, right: Found) -> Found | None:
    """隔周 + 星期四, 每两周 + 周五, 周一至周五 + 每天."""
    value = str(right.norm.get("value"))
    if value == "FREQ=DAILY" and str(left.norm.get("value")).startswith("FREQ=WEEKLY;BYDAY="):
        return left.widened(left.start, right.end)
    if (
        right.rule != "weekday"
        or not str(left.norm.get("value")).startswith("FREQ=WEEKLY")
        or "BYDAY" in str(left.norm)
    ):
        return None
    days = value.removeprefix("FREQ=WEEKLY;")
    return left.widened(left.start, right.end, norm=dict(left.norm) | {"value": f"{left.norm['value']};{days}"})


def _values(norm: dict[str, Any]) -> list[str]:
    return norm["value"] if isinstance(norm["value"], list) else [norm["value"]]


def _window_and_rule(left: Found, right: Found) -> Found | None:
    """A stretch of the year and what comes back in it."""
    if right.kind != "recur" or right.norm["type"] != "rrule" or "BYMONTH=" in str(right.norm["value"]):
        return None
    months = months_of(left)
    norm: dict[str, Any] = dict(right.norm)
    if left.kind == "rest":
        norm["rest"] = True
    elif left.norm["type"] == "season" and left.kind == "window":
        norm["condition"] = left.norm["value"]
    elif months is None:
        return None
    elif len(months) < 12:
        norm = _by_month(norm, months)
    return right.widened(left.start, right.end, norm=norm)


def _by_month(norm: dict[str, Any], months: Sequence[int]) -> dict[str, Any]:
    return dict(norm) | {"value": f"{norm['value']};BYMONTH={','.join(map(str, months))}"}


def months_of(hit: Found) -> list[int] | None:
    """The months that a window of whole months, or a yearly rule, covers."""
    if hit.norm["type"] == "window" and hit.norm.get("from") and hit.norm.get("to") and "parts" not in hit.norm:
        first, last = str(hit.norm["from"]), str(hit.norm["to"])
        if not _MONTHLY_WINDOW.fullmatch(first) or not re.search(r"-\d\d-(?:28|29|30|31)$", last):
            return None
        start, final = int(first[-5:-3]), int(last[-5:-3])
        count = (final - start) % 12 + 1
        return sorted((start + step - 1) % 12 + 1 for step in range(count))
    if hit.norm["type"] == "window" and hit.norm.get("parts"):
        spans = [part.split("..") for part in hit.norm["parts"]]
        wanted = [months_of(replace(hit, norm={"type": "window", "from": a, "to": b})) for a, b in spans]
        return sorted({month for part in wanted if part for month in part}) if all(wanted) else None
    found = re.fullmatch(r"FREQ=YEARLY;BYMONTH=([\d,]+)", str(hit.norm.get("value")))
    return [int(month) for month in found[1].split(",")] if found else None


def _every_year(left: Found, right: Found) -> Found | None:
    """每年 before a day or a stretch of the plan's year."""
    if left.norm != rrule("FREQ=YEARLY") or right.kind not in _DAY_KINDS or right.norm["type"] == "yearref":
        return None
    if right.norm["type"] == "rrule" and not str(right.norm["value"]).startswith("FREQ=YEARLY;"):
        return None
    return right.widened(left.start, right.end, norm=_starred(right.norm))


def _starred(norm: dict[str, Any]) -> dict[str, Any]:
    def star(value: Any) -> Any:
        if isinstance(value, list):
            return [star(inner) for inner in value]
        return re.sub(r"\bY(?:\+1)?-(?=\d\d)", "*-", value) if isinstance(value, str) else value

    return {key: star(value) for key, value in norm.items()}


def _time_of_day(left: Found, right: Found) -> Found | None:
    if right.kind not in ("half-day", "timeofday") or left.kind not in ("recur", "date", "deadline", "half-day"):
        return None
    return left.widened(left.start, right.end)


def _explained(left: Found, right: Found) -> Found | None:
    """汛期前（5月底）: what the brackets say is meant; the words before say whether it is a day to be done by."""
    if right.rule == "weekday" and left.rule in ("day", "iso-day"):
        return left.widened(left.start, right.end + 1)
    if left.norm["type"] == "date" and left.kind != "festival":
        return None
    if left.norm["type"] not in ("season", "lunar", "solarterm", "holiday", "holidays", "date") or right.kind not in (
        "window",
        "date",
        "deadline",
        "festival",
    ):
        return None
    norm: dict[str, Any] = dict(right.norm)
    if left.kind == "deadline":
        last = norm.get("to") or (norm["value"][-1] if norm["type"] == "date" else None)
        if last is None:
            return None
        norm = {"type": "window", "from": None, "to": last}
        return left.widened(left.start, right.end + 1, norm=norm)
    return left.widened(
        left.start,
        right.end + 1,
        kind=right.kind if left.kind == "window" else left.kind,
        norm=norm if left.norm["type"] in ("season", "date") else left.norm,
        alternatives=(right.norm,),
    )


def _share_months(text: str, hits: Sequence[Found]) -> list[Found]:
    """其余月份: the months that the rule before it in the same sentence does not name."""
    done: list[Found] = []
    for hit in hits:
        if hit.norm.get("rest"):
            norm = {key: value for key, value in hit.norm.items() if key != "rest"}
            before = done[-1] if done and not _SENTENCE_END.search(text, done[-1].end, hit.start) else None
            named = re.search(r"BYMONTH=([\d,]+)", str(before.norm.get("value"))) if before else None
            taken = {int(month) for month in named[1].split(",")} if named else set()
            norm = _by_month(norm, [month for month in range(1, 13) if month not in taken]) if taken else norm
            hit = replace(hit, norm=norm)  # noqa: PLW2901  the same hit, with its months
        done.append(hit)
    return done
