"""What an outsider could dispute about applications and titles. Plain Python."""

from qingli.title.rules.eligibility import Candidate, Held, Reason, barred_until, months_after, reasons
from qingli.title.rules.errors import TitleError
from qingli.title.rules.money import MONEY_RULES, Award, MoneyRule, Part, award
from qingli.title.rules.moves import (
    MOVES,
    STEPS,
    Move,
    MoveFacts,
    MoveName,
    Posted,
    State,
    Waits,
    decide,
    open_moves,
    rows,
    waits_for,
)
from qingli.title.rules.numbers import read_number, title_number
from qingli.title.rules.windows import Against, Window, Windows, against, check_windows

__all__ = [
    "MONEY_RULES",
    "MOVES",
    "STEPS",
    "Against",
    "Award",
    "Candidate",
    "Held",
    "MoneyRule",
    "Move",
    "MoveFacts",
    "MoveName",
    "Part",
    "Posted",
    "Reason",
    "State",
    "TitleError",
    "Waits",
    "Window",
    "Windows",
    "against",
    "award",
    "barred_until",
    "check_windows",
    "decide",
    "months_after",
    "open_moves",
    "read_number",
    "reasons",
    "rows",
    "title_number",
    "waits_for",
]
