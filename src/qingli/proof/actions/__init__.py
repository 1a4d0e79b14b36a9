"""The only writers of proof. What is counted (`recount_…`) is derived and has no entry; the rest are deeds."""

from qingli.proof.actions.counting import recount_cells, recount_entry, recount_missing, recount_unit
from qingli.proof.actions.judging import freeze, judge
from qingli.proof.actions.sampling import check_sample_site, draw_for, draw_sample, draw_sites

__all__ = [
    "check_sample_site",
    "draw_for",
    "draw_sample",
    "draw_sites",
    "freeze",
    "judge",
    "recount_cells",
    "recount_entry",
    "recount_missing",
    "recount_unit",
]
