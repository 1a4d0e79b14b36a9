"""Addresses of the staff pages. Everything about a unit begins with the unit."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from qingli.desk.views import calendars, papers, plans, sites, tasks, today

app_name = "desk"

IN_PLAN: list[URLPattern | URLResolver] = [
    path("", plans.plan, name="plan"),
    path("history/", plans.history, name="plan-history"),
    path("difference/<int:old>/<int:new>/", plans.difference, name="difference"),
    path("adopt/", plans.adopt, name="adopt"),
    re_path(r"^do/(?P<name>publish|start|drop-amendment)/$", plans.deed, name="deed"),
    path("amend/", plans.amend, name="amend"),
    path("close/", plans.close, name="close"),
    path("carry-over/", plans.carry_over, name="carry-over"),
    re_path(r"^plan\.(?P<kind>docx|pdf|xlsx)$", papers.plan_file, name="plan-file"),
    path("calendar-link/", papers.calendar_link, name="calendar-link"),
]
IN_TASK: list[URLPattern | URLResolver] = [
    path("", tasks.task, name="task"),
    path("done/", tasks.done, name="task-done"),
    path("not-done/", tasks.not_done, name="task-not-done"),
    path("hand-over/", tasks.hand_over, name="task-hand-over"),
    path("open-again/", tasks.reopen, name="task-reopen"),
]
IN_UNIT: list[URLPattern | URLResolver] = [
    path("today/", today.today, name="today"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/<uuid:plan_id>/", include(IN_PLAN)),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/", include(IN_TASK)),
    path("records/<uuid:record_id>/", tasks.record, name="record"),
    path("calendar/", calendars.month, name="calendar"),
    path("calendar/<int:year>/", calendars.year, name="year"),
    path("calendar/<int:year>/<int:month>/", calendars.month, name="month"),
    path("sites/", sites.sites, name="sites"),
]
urlpatterns = [
    path("today/", today.start, name="today"),
    path("w/<uuid:unit_id>/", include(IN_UNIT)),
    path("feed/<str:token>.ics", papers.feed, name="feed"),
]
