"""The demo's plans: taken in as files, checked, adopted, and worked off up to a day."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from qingli.catalogue import Matcher, load_catalogue
from qingli.cli.demo_content.past import Past
from qingli.cli.demo_content.people import Community
from qingli.cli.demo_content.word import numbered_word
from qingli.ground.rules import SYSTEM, Asker, Role, Script
from qingli.plan import actions
from qingli.plan import queries as plans
from qingli.plan.queries.shapes import TaskCard
from qingli.reading import read_text
from qingli.reading.documents import load
from qingli.work import actions as work

ZONE = ZoneInfo("Asia/Shanghai")
FOLDER = Path(__file__).parent
LATE = 0.06  # of the tasks that fell due, this share is left open or not done
REASONS = {
    Script.HANT: ("下大雨，改期", "院門鎖著，進不去", "物業排不出人手"),
    Script.HANS: ("下大雨，改期", "院门锁着，进不去", "物业排不出人手"),
}


def run(past: Past, community: Community, today: date) -> None:
    """Take the plan in at the end of June, adopt it, put it in force on 1 July, and work it off up to `today`."""
    past.now = datetime.combine(date(2026, 6, 22), time(10), ZONE)
    clerk = past.person(community.people[Role.CLERK], past.now)
    head = past.person(community.people[Role.HEAD], past.now)
    plan = _take_in(past, clerk, community)
    _check(past, clerk, community, plan)
    past.now = datetime.combine(date(2026, 6, 24), time(19), ZONE)
    meeting = {"entitled": 60, "present": 41, "in_favour": 38}
    past.do(actions.adopt_plan, head, plan_id=plan, on=date(2026, 6, 24), way="residents", **meeting)
    past.do(actions.publish_plan, head, plan_id=plan)
    past.now = datetime.combine(date(2026, 7, 1), time(8), ZONE)
    past.do(actions.start_plan, head, plan_id=plan)
    _work(past, community, plan, today)


def _take_in(past: Past, clerk: Asker, community: Community) -> UUID:
    text = (FOLDER / community.plan_file).read_text(encoding="utf8")
    if community.script is Script.HANS:
        document = load(numbered_word(text), community.plan_file.replace(".txt", ".docx"))
        text = document.text
    catalogue = load_catalogue()
    reading = read_text(text, match=Matcher(catalogue).match).plans[0]
    facts = {"unit_id": community.unit_id, "reading": reading, "text": text, "catalogue": catalogue}
    return past.do(actions.take_in_plan, clerk, **facts)


def _check(past: Past, clerk: Asker, community: Community, plan: UUID) -> None:
    """As a clerk would on the reading page: the period, then an answer to each open question, then accept."""
    page = plans.review_page(clerk, plan, today=date(2026, 6, 22))
    if page.plan.starts is None:
        past.do(actions.set_period, clerk, plan_id=plan, starts=date(2026, 7, 1), ends=date(2026, 12, 31))
    for question in _open(plans.review_page(clerk, plan, today=date(2026, 6, 22))):
        if answer := _answer_to(question, community):
            past.do(actions.answer_question, clerk, question_id=question.id, answer=answer)
    page = plans.review_page(clerk, plan, today=date(2026, 6, 22))
    unseen = [action.id for action in page.actions if action.review == "unseen"]
    past.do(actions.accept_actions, clerk, plan_id=plan, action_ids=unseen)


def _answer_to(question: Any, community: Community) -> dict[str, Any]:
    """The clerk looks after what names nobody, does once what names no day, and monthly what is said to be 定期."""
    if question.code == "no-owner":
        return {"owner": {"role": Role.CLERK.value, "role_unit_id": str(community.unit_id)}}
    if question.code == "no-schedule":
        return {"as_needed": True}
    monthly = [one for one in question.options if one.get("repeat", {}).get("frequency") == "month"]
    return dict(next(iter(monthly or question.options), {}))


def _open(page: Any) -> Iterator[Any]:
    yield from (question for question in page.questions if question.is_open)
    for action in page.actions:
        yield from (question for question in action.questions if question.is_open)


def _work(past: Past, community: Community, plan: UUID, today: date) -> None:
    """Make the tasks ahead twice a month; do most of what is due, each on one of its days."""
    chance = random.Random(community.name)  # noqa: S311 - a story, the same every time
    day = date(2026, 7, 1)
    while day <= today:
        past.now = datetime.combine(day, time(6), ZONE)
        past.do(actions.make_tasks, SYSTEM, plan_id=plan)
        until = min(day + timedelta(days=14), today)
        for task in list(_due(community, plan, until)):
            _answer(past, community, task, until, chance)
        day += timedelta(days=15)
    past.now = datetime.combine(today, time(6), ZONE)
    past.do(actions.make_tasks, SYSTEM, plan_id=plan)
    _early(past, community, plan, today, chance)


EARLY = {"beipo": 1.0, "tongyin": 0.8}  # of the sites that have until the end of the half-year; others do six of ten


def _early(past: Past, community: Community, plan: UUID, today: date, chance: random.Random) -> None:
    """What has until the end of the half-year is not all left to its last days: one tank after the other is cleaned."""
    for task in list(_due(community, plan, date(2026, 12, 31))):
        if task.site_id is None or task.opens > today or chance.random() > EARLY.get(community.code, 0.6):
            continue
        first = max(task.opens, date(2026, 8, 1))
        day = first + timedelta(days=chance.randint(0, max((today - first).days, 0)))
        moment = datetime.combine(min(day, today), time(5 + chance.randint(0, 3)), ZONE)
        past.do(work.record_work, _doer(past, community, task, moment), moment, task_id=task.id)


def _due(community: Community, plan: UUID, until: date) -> Iterator[TaskCard]:
    filters, after = plans.TaskFilters(status="open", plan_id=plan, until=until), None
    while True:
        page = plans.tasks(SYSTEM, community.unit_id, today=until, filters=filters, after=after, limit=200)
        yield from page.tasks
        if (after := page.after) is None:
            return


def _answer(past: Past, community: Community, task: TaskCard, until: date, chance: random.Random) -> None:
    if task.due >= until and chance.random() < 0.5:
        return  # still time
    first = max(task.opens, date(2026, 7, 1))
    day = first + timedelta(days=chance.randint(0, max((min(task.due, until) - first).days, 0)))
    moment = datetime.combine(day, time(8 + chance.randint(0, 8), chance.randint(0, 59)), ZONE)
    who = _doer(past, community, task, moment)
    draw = chance.random()
    if draw < LATE / 2:
        return  # forgotten: late
    if draw < LATE:
        past.do(actions.mark_not_done, who, moment, task_id=task.id, reason=chance.choice(REASONS[community.script]))
        return
    amount = {} if task.wanted is None else {"amount": round(task.wanted * chance.uniform(1, 1.2))}
    past.do(work.record_work, who, moment, task_id=task.id, quantities=amount)


def _doer(past: Past, community: Community, task: TaskCard, moment: datetime) -> Asker:
    """Whom it falls to, where that is somebody with a post here; else the clerk."""
    person = task.who.id if task.who.kind == "person" else None
    if task.who.kind == "role" and task.who.name == Role.GRID_WORKER.value:
        person = community.grid_workers[hash(task.lineage.int) % len(community.grid_workers)]
    known = {*community.people.values(), *community.grid_workers}
    chosen = person if person in known else community.people[Role.CLERK]
    assert chosen is not None
    return past.person(chosen, moment)
