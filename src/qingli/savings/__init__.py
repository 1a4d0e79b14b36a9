"""Verified savings: meter readings and weather in, an explained and reproducible answer out. See README.md."""

from .analyse import analyse
from .bills import Bill
from .model import Event, Meter, MeterResult
from .outputs import as_json, chart_svg, recompute, results_table, write_parquet, write_xlsx
from .placebo import Calibration, calibrate, shipped
from .readings import FileError, Readings, read_readings, read_weather
from .report import Report
from .settings import METHOD_VERSION, Settings, settings
from .weather import Station, Weather
from .words import band_sentence, sentence

__all__ = [
    "METHOD_VERSION",
    "Bill",
    "Calibration",
    "Event",
    "FileError",
    "Meter",
    "MeterResult",
    "Readings",
    "Report",
    "Settings",
    "Station",
    "Weather",
    "analyse",
    "as_json",
    "band_sentence",
    "calibrate",
    "chart_svg",
    "read_readings",
    "read_weather",
    "recompute",
    "results_table",
    "sentence",
    "settings",
    "shipped",
    "write_parquet",
    "write_xlsx",
]
