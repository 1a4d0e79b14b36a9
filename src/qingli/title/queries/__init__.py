"""Reads of programmes, applications and titles: frozen values (`shapes`). The asker comes first, the day is told.

What the asker may not see is the ground's NotAllowedError; what is not there is NotFoundError.
"""

from qingli.title.queries.access import NotFoundError
from qingli.title.queries.applications import application, applications_below, applications_of_unit
from qingli.title.queries.money import AwardDue, awards_due
from qingli.title.queries.programmes import cycle, cycles, eligibility, from_day, openings, programmes, quota_left
from qingli.title.queries.replaying import faults
from qingli.title.queries.shapes import (
    ApplicationLine,
    ApplicationView,
    Below,
    Certificate,
    CycleView,
    Decided,
    Eligibility,
    Opening,
    ProgrammeView,
    Register,
    Station,
    TitleLine,
)
from qingli.title.queries.titles import certificate, register, titles_of_unit

__all__ = [
    "ApplicationLine",
    "ApplicationView",
    "AwardDue",
    "Below",
    "Certificate",
    "CycleView",
    "Decided",
    "Eligibility",
    "NotFoundError",
    "Opening",
    "ProgrammeView",
    "Register",
    "Station",
    "TitleLine",
    "application",
    "applications_below",
    "applications_of_unit",
    "awards_due",
    "certificate",
    "cycle",
    "cycles",
    "eligibility",
    "faults",
    "from_day",
    "openings",
    "programmes",
    "quota_left",
    "register",
    "titles_of_unit",
]
