"""Reads of plans and tasks: frozen values (`shapes`, `outside`), filtered by what the asker may see (`access`).

What the asker may not see is the ground's NotAllowedError; what is not there is NotFoundError. Whoever calls says which
day it is.
"""

from qingli.plan.queries.above import decisions, given_above
from qingli.plan.queries.access import NotFoundError
from qingli.plan.queries.calendar import calendar_month, calendar_year
from qingli.plan.queries.goals import Goals, goals_of_unit
from qingli.plan.queries.jobs import plans_to_make
from qingli.plan.queries.papers import difference, history, plan_paper
from qingli.plan.queries.plans import (
    action_in_newest,
    below,
    plans_of_unit,
    progress,
    review_page,
    unit_of_plan,
)
from qingli.plan.queries.promised import Promise, plans_between, promised_for, promised_tasks
from qingli.plan.queries.public import feed, public_plan, public_plans
from qingli.plan.queries.tallying import (
    CountedTask,
    PromiseFact,
    TaskCounts,
    cell_of_task,
    count_tasks,
    counted_tasks,
    counted_unit,
    open_tasks,
    open_tasks_at,
    promises,
    sites_done,
    tasks_done_at,
    units_with_tasks,
)
from qingli.plan.queries.tasks import PageKeyError, TaskFilters, may_read_records, task_detail, tasks
from qingli.plan.queries.today import today_page

__all__ = [
    "CountedTask",
    "Goals",
    "NotFoundError",
    "PageKeyError",
    "Promise",
    "PromiseFact",
    "TaskCounts",
    "TaskFilters",
    "action_in_newest",
    "below",
    "calendar_month",
    "calendar_year",
    "cell_of_task",
    "count_tasks",
    "counted_tasks",
    "counted_unit",
    "decisions",
    "difference",
    "feed",
    "given_above",
    "goals_of_unit",
    "history",
    "may_read_records",
    "open_tasks",
    "open_tasks_at",
    "plan_paper",
    "plans_between",
    "plans_of_unit",
    "plans_to_make",
    "progress",
    "promised_for",
    "promised_tasks",
    "promises",
    "public_plan",
    "public_plans",
    "review_page",
    "sites_done",
    "task_detail",
    "tasks",
    "tasks_done_at",
    "today_page",
    "unit_of_plan",
    "units_with_tasks",
]
