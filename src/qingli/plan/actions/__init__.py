"""The only writers of plans and tasks. Each takes keywords only and is made by `qingli.archive.actions.deed`."""

from qingli.plan.actions.amending import adopt_amendment, amend_plan, carry_over, drop_amendment
from qingli.plan.actions.base import RefusedError
from qingli.plan.actions.composing import compose_plan
from qingli.plan.actions.deciding import answer_question, apply_fix, set_schedule
from qingli.plan.actions.intake import take_in_plan
from qingli.plan.actions.lifecycle import (
    adopt_plan,
    approve_above,
    close_plan,
    file_above,
    publish_plan,
    rename_plan,
    send_back_plan,
    set_approval_way,
    set_period,
    start_plan,
    submit_plan,
    take_back_plan,
)
from qingli.plan.actions.links import make_calendar_link
from qingli.plan.actions.review import (
    accept_action,
    accept_actions,
    add_action,
    edit_action,
    ignore_action,
    merge_actions,
    split_action,
    undo_review,
)
from qingli.plan.actions.tasks import (
    Place,
    assign_task,
    correct_task,
    finish_task,
    hand_over_task,
    make_tasks,
    mark_not_done,
    place_of,
    put_off_task,
    reopen_task,
)

__all__ = [
    "Place",
    "RefusedError",
    "accept_action",
    "accept_actions",
    "add_action",
    "adopt_amendment",
    "adopt_plan",
    "amend_plan",
    "answer_question",
    "apply_fix",
    "approve_above",
    "assign_task",
    "carry_over",
    "close_plan",
    "compose_plan",
    "correct_task",
    "drop_amendment",
    "edit_action",
    "file_above",
    "finish_task",
    "hand_over_task",
    "ignore_action",
    "make_calendar_link",
    "make_tasks",
    "mark_not_done",
    "merge_actions",
    "place_of",
    "publish_plan",
    "put_off_task",
    "rename_plan",
    "reopen_task",
    "send_back_plan",
    "set_approval_way",
    "set_period",
    "set_schedule",
    "split_action",
    "start_plan",
    "submit_plan",
    "take_back_plan",
    "take_in_plan",
    "undo_review",
]
