"""Tables of the room. Private to it: others ask `queries` and `actions`."""

from qingli.plan.models.plans import Action, Approval, Plan, PlanVersion, Question, ReviewStep, Schedule, Section
from qingli.plan.models.tasks import Task

__all__ = ["Action", "Approval", "Plan", "PlanVersion", "Question", "ReviewStep", "Schedule", "Section", "Task"]
