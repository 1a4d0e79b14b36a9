"""Reads of figures, assessments and samples: frozen values (`shapes`), filtered by what the asker may see.

What the asker may not see is the ground's NotAllowedError; what is not there is ProofError "not-found". Whoever calls
says which day it is. `unit_tallies` and `faults` are for the house itself.
"""

from qingli.plan.queries import PageKeyError
from qingli.proof.queries.access import catalogue, criterion_of, standard_of, standards
from qingli.proof.queries.assessing import assessment, assessments, frozen
from qingli.proof.queries.behind import behind
from qingli.proof.queries.figures import indicator
from qingli.proof.queries.samples import sample, sample_frame
from qingli.proof.queries.shapes import (
    AssessmentView,
    Behind,
    BehindRow,
    CriterionResult,
    MarkView,
    SampleSiteView,
    SampleView,
    TaskLink,
    UnitTally,
)
from qingli.proof.queries.tallies import faults, unit_tallies

__all__ = [
    "AssessmentView",
    "Behind",
    "BehindRow",
    "CriterionResult",
    "MarkView",
    "PageKeyError",
    "SampleSiteView",
    "SampleView",
    "TaskLink",
    "UnitTally",
    "assessment",
    "assessments",
    "behind",
    "catalogue",
    "criterion_of",
    "faults",
    "frozen",
    "indicator",
    "sample",
    "sample_frame",
    "standard_of",
    "standards",
    "unit_tallies",
]
