"""Addresses of the staff pages. Everything about a unit begins with the unit."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from qingli.desk.views import (
    approvals,
    calendars,
    groups,
    intake,
    more,
    papers,
    people,
    plans,
    review,
    sites,
    tasks,
    today,
)

app_name = "desk"

IN_PLAN: list[URLPattern | URLResolver] = [
    path("", plans.plan, name="plan"),
    path("history/", plans.history, name="plan-history"),
    path("difference/<int:old>/<int:new>/", plans.difference, name="difference"),
    path("adopt/", plans.adopt, name="adopt"),
    re_path(r"^do/(?P<name>publish|start|drop-amendment)/$", plans.deed, name="deed"),
    path("way/", approvals.way, name="approval-way"),
    re_path(r"^(?P<name>send|take-back)/$", approvals.sending, name="approval-sending"),
    re_path(r"^(?P<name>approve|approve-amendment|send-back|file)/$", approvals.step, name="approval-step"),
    path("amend/", plans.amend, name="amend"),
    path("close/", plans.close, name="close"),
    path("carry-over/", plans.carry_over, name="carry-over"),
    re_path(r"^plan\.(?P<kind>docx|pdf|xlsx)$", papers.plan_file, name="plan-file"),
    path("calendar-link/", papers.calendar_link, name="calendar-link"),
    path("review/", review.review, name="review"),
    path("review/act/", review.act, name="review-act"),
    path("review/edit/<uuid:action_id>/", review.edit, name="review-edit"),
    path("review/split/<uuid:action_id>/", review.split, name="review-split"),
]
IN_TASK: list[URLPattern | URLResolver] = [
    path("", tasks.task, name="task"),
    path("done/", tasks.done, name="task-done"),
    path("not-done/", tasks.not_done, name="task-not-done"),
    path("assign/", tasks.assign, name="task-assign"),
    path("hand-over/", tasks.hand_over, name="task-hand-over"),
    path("open-again/", tasks.reopen, name="task-reopen"),
]
IN_UNIT: list[URLPattern | URLResolver] = [
    path("today/", today.today, name="today"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/new/", intake.new_plan, name="new-plan"),
    path("plans/new/which/", intake.which, name="which-plan"),
    path("plans/compose/", intake.compose, name="compose"),
    path("plans/<uuid:plan_id>/", include(IN_PLAN)),
    path("approvals/", approvals.approvals, name="approvals"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/", include(IN_TASK)),
    path("records/<uuid:record_id>/", tasks.record, name="record"),
    path("records/<uuid:record_id>/photo/", tasks.photo, name="record-photo"),
    path("calendar/", calendars.month, name="calendar"),
    path("calendar/<int:year>/", calendars.year, name="year"),
    path("calendar/<int:year>/<int:month>/", calendars.month, name="month"),
    path("sites/", sites.sites, name="sites"),
    path("sites/new/", sites.new, name="site-new"),
    path("sites/<uuid:site_id>/close/", sites.close, name="site-close"),
    path("units/", sites.units, name="units"),
    path("units/new/", sites.unit_new, name="unit-new"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/do/<slug:name>/", people.step, name="person-step"),
    path("people/<uuid:person_id>/export/", people.export, name="person-export"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new, name="group-new"),
    path("groups/<uuid:group_id>/seats/", groups.seat, name="group-seat"),
    path("groups/<uuid:group_id>/seats/<uuid:seat_id>/free/", groups.unseat, name="group-unseat"),
    path("more/", more.more, name="more"),
    path("board/", include("qingli.desk.board.urls")),
    path("money/", include("qingli.desk.ledger.urls")),
    path("proof/", include("qingli.desk.proof.urls")),
    path("titles/", include("qingli.desk.title.urls")),
    path("figures/", include("qingli.desk.insight.urls")),
]
urlpatterns = [
    path("today/", today.start, name="today"),
    path("w/<uuid:unit_id>/", include(IN_UNIT)),
    path("feed/<str:token>.ics", papers.feed, name="feed"),
]
