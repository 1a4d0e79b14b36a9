"""What an outsider could dispute about figures, scores and draws. Plain Python."""

from qingli.proof.rules.draws import draw, frame_hash, frame_text
from qingli.proof.rules.errors import ProofError
from qingli.proof.rules.indicators import (
    WANTED_SEATS,
    IndicatorValue,
    State,
    check_period,
    count_figure,
    half_year,
    is_complete,
    share_figure,
)
from qingli.proof.rules.scoring import Judged, Score, Seen, score_judged, score_record, score_sample

__all__ = [
    "WANTED_SEATS",
    "IndicatorValue",
    "Judged",
    "ProofError",
    "Score",
    "Seen",
    "State",
    "check_period",
    "count_figure",
    "draw",
    "frame_hash",
    "frame_text",
    "half_year",
    "is_complete",
    "score_judged",
    "score_record",
    "score_sample",
    "share_figure",
]
