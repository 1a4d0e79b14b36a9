"""Reports as files: .json (from which they can be computed again), .xlsx, .parquet and an .svg chart."""

from .chart import chart_svg
from .parquet import results_table, write_parquet
from .record import as_json, recompute
from .sheets import write_xlsx

__all__ = ["as_json", "chart_svg", "recompute", "results_table", "write_parquet", "write_xlsx"]
