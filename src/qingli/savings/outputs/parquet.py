"""One row for each meter, as a table for other programs."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..report import Report

_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("meter", "kind", "unit", "verdict")]
    + [("change", pa.date32())]
    + [
        (name, pa.float64())
        for name in (
            "expected",
            "observed",
            "saving",
            "band",
            "band_nominal",
            "plain_before",
            "plain_after",
            "heating_point_c",
            "cooling_point_c",
            "intercept",
            "heating_slope",
            "cooling_slope",
            "r2_adjusted",
            "cvrmse",
            "carbon_kg",
        )
    ]
    + [("band_kind", pa.string()), ("model", pa.string()), ("plain_days", pa.int32())]
)


def results_table(report: Report) -> pa.Table:
    """The results; version, settings and the hash of the inputs stand in the table's metadata."""
    rows = []
    for each in report.results:
        model, plain = each.model, each.plain
        rows.append(
            {
                "meter": each.name,
                "kind": each.kind,
                "unit": each.unit,
                "verdict": each.verdict,
                "change": each.change,
                "expected": each.expected,
                "observed": each.observed,
                "saving": each.saving,
                "band": each.band.half,
                "band_nominal": each.nominal.half,
                "band_kind": each.band.kind,
                "plain_before": plain.before if plain else None,
                "plain_after": plain.after if plain else None,
                "plain_days": plain.days if plain else None,
                "model": model.kind if model else None,
                "heating_point_c": model.heating_point if model else None,
                "cooling_point_c": model.cooling_point if model else None,
                "intercept": model.intercept if model else None,
                "heating_slope": model.heating_slope if model else None,
                "cooling_slope": model.cooling_slope if model else None,
                "r2_adjusted": model.r2_adjusted if model else None,
                "cvrmse": model.cvrmse if model else None,
                "carbon_kg": each.carbon.kilograms,
            }
        )
    told = {
        "method": "CalTRACK 2.0",
        "method_version": report.method_version,
        "input_hash": report.input_hash,
        "settings": json.dumps({name: each.as_json() for name, each in report.settings.items()}),
    }
    return pa.Table.from_pylist(rows, _SCHEMA).replace_schema_metadata(told)


def write_parquet(report: Report, path: Path | str) -> None:
    """The table as a file."""
    pq.write_table(results_table(report), path, compression="zstd")
