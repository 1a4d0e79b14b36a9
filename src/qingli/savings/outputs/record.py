"""A report as JSON with everything that it was computed from, and back: the same numbers, to the last digit."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from ..analyse import analyse
from ..bills import Bill
from ..model import Event, Meter, Note
from ..placebo import Calibration
from ..report import Report
from ..settings import METHOD_VERSION
from ..weather import Station, Weather

FORMAT = "qingli-savings-1"


def as_json(report: Report) -> dict[str, Any]:
    """Plain data for `json.dumps`."""
    return {
        "format": FORMAT,
        "method": "CalTRACK 2.0",
        "method_version": report.method_version,
        "input_hash": report.input_hash,
        "asked": _plain(dict(report.asked)),
        "settings": {name: each.as_json() for name, each in report.settings.items()},
        "calibration": report.calibration.as_json() if report.calibration else None,
        "totals": [_plain(asdict(total)) for total in report.totals],
        "results": [_plain(asdict(result)) for result in report.results],
        "inputs": {
            "meters": [_meter(meter) for meter in report.meters],
            "weather": [_station(station) for station in report.weather.stations] if report.weather else None,
            "events": [_plain(asdict(event)) for event in report.events],
        },
    }


def recompute(data: Mapping[str, Any]) -> Report:
    """The report again from its own inputs. Raises ValueError for another format or another version of the method."""
    if data["format"] != FORMAT or data["method_version"] != METHOD_VERSION:
        raise ValueError(f"this is {data['format']}, method {data['method_version']}")
    asked, inputs = data["asked"], data["inputs"]
    calibration = Calibration.from_json(data["calibration"]) if data["calibration"] else None
    return analyse(
        [_meter_back(meter) for meter in inputs["meters"]],
        Weather([_station_back(each) for each in inputs["weather"]]) if inputs["weather"] else None,
        change=_day(asked["change"]),
        done=_day(asked["done"]),
        until=_day(asked["until"]),
        events=[_event_back(event) for event in inputs["events"]],
        comparison=tuple(asked["comparison"]),
        calibration=calibration if calibration and calibration.source != "own" else None,
        factor_of=_factors(data["results"]),
        confidence=asked["confidence"],
        parity=asked["parity"],
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def _meter(meter: Meter) -> dict[str, Any]:
    bills = [[bill.start, bill.end, bill.use, bill.estimated, bill.source] for bill in meter.bills]
    notes = [{"code": note.code, "facts": dict(note.facts)} for note in meter.notes]
    return {
        "name": meter.name,
        "kind": meter.kind,
        "station": meter.station,
        "people": meter.people,
        "people_before": meter.people_before,
        "notes": notes,
        "bills": bills,
    }


def _meter_back(data: Mapping[str, Any]) -> Meter:
    bills = tuple(Bill(*each) for each in data["bills"])
    notes = tuple(Note(each["code"], each["facts"]) for each in data["notes"])
    return Meter(data["name"], data["kind"], bills, data["station"], data["people"], data["people_before"], notes)


def _station(station: Station) -> dict[str, Any]:
    return {
        "name": station.name,
        "first": station.first,
        "fahrenheit": [None if np.isnan(each) else float(each) for each in station.means],
        "hours": [int(each) for each in station.hours],
        "wanted": [int(each) for each in station.wanted],
    }


def _station_back(data: Mapping[str, Any]) -> Station:
    means = np.array([np.nan if each is None else each for each in data["fahrenheit"]], dtype=np.float64)
    hours, wanted = (np.array(data[name], dtype=np.int64) for name in ("hours", "wanted"))
    return Station(data["name"], data["first"], means, hours, wanted)


def _event_back(data: Mapping[str, Any]) -> Event:
    start, end = date.fromisoformat(data["start"]), date.fromisoformat(data["end"])
    return Event(start, end, data["reason"], data["by"], data["meter"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _factors(results: list[Mapping[str, Any]]) -> Any:
    """The factors of then, whatever the catalogue says now."""
    if all(result["carbon"]["reason"] == "no-area" for result in results):
        return None
    known = {
        (result["kind"], result["carbon"]["year"]): (result["carbon"]["factor"], result["carbon"]["reason"])
        for result in results
        if result["carbon"]["reason"] != "no-saving"
    }
    return lambda kind, year: known.get((kind, year), (None, "no-factor"))
