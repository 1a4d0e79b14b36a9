"""What the pages of a notice share, whoever looks at them."""

from datetime import date

from qingli.board.queries import NoticeLine

MOST_CELLS = 60


def window_cells(line: NoticeLine, today: date) -> list[str]:
    """A cell for each day of a notice's window, those that have passed filled; none where they are too many."""
    whole = line.calendar_days + 1
    gone = max(0, min(whole, (today - line.opens).days))
    return ["is-done"] * gone + [""] * (whole - gone) if whole <= MOST_CELLS else []
