"""Counts of a plan's tasks."""

from datetime import UTC, date, datetime

import pytest

from qingli.plan.rules.progress import Progress, TaskLine, by_section, local_day, progress

TODAY = date(2026, 9, 10)
TASKS = [
    TaskLine("宣傳", "done", date(2026, 8, 31), date(2026, 8, 30)),
    TaskLine("宣傳", "done", date(2026, 8, 31), date(2026, 9, 2)),
    TaskLine("整治", "open", date(2026, 9, 9)),
    TaskLine("整治", "open", date(2026, 9, 10)),
    TaskLine("整治", "open", date(2026, 12, 31)),
    TaskLine("宣傳", "not_done", date(2026, 7, 31)),
    TaskLine("整治", "cancelled", date(2026, 7, 31)),
]


def test_every_task_is_counted_once() -> None:
    found = progress(TASKS, today=TODAY)
    assert found == Progress(promised=6, done=2, done_late=1, not_done=1, late=1, not_due=2, cancelled=1)
    assert found.promised == found.done + found.not_done + found.late + found.not_due


def test_a_task_due_today_is_not_late_before_the_day_is_over_where_the_unit_is() -> None:
    before_midnight = datetime(2026, 9, 10, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    after_midnight = datetime(2026, 9, 10, 16, 0, tzinfo=UTC)
    task = [TaskLine("整治", "open", date(2026, 9, 10))]
    assert progress(task, today=local_day(before_midnight, "Asia/Shanghai")).late == 0
    assert progress(task, today=local_day(after_midnight, "Asia/Shanghai")).late == 1
    with pytest.raises(ValueError, match="naive-time"):
        local_day(datetime(2026, 9, 10), "Asia/Shanghai")


def test_a_share_always_says_of_how_many() -> None:
    found = progress(TASKS, today=TODAY)
    assert (found.done_share.n, found.done_share.of) == (2, 6)
    assert (found.kept_share.n, found.kept_share.of, found.kept_share.percent) == (2, 4, 50.0)
    assert progress([], today=TODAY).done_share.percent is None


def test_sections_come_in_their_own_order() -> None:
    sections = by_section(TASKS, today=TODAY)
    assert [(name, found.promised) for name, found in sections] == [("宣傳", 3), ("整治", 3)]
