"""Addresses of the pages about figures over every room."""

from django.urls import URLPattern, URLResolver, path, re_path

from qingli.desk.insight import city, half_year, lists

HALF = r"^half-year/(?P<half>[0-9]{4}-[12])"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", city.figures, name="figures"),
    re_path(r"^(?P<half>[0-9]{4}-[12])/$", city.figures, name="figures-half"),
    path("half-year/", half_year.latest, name="half-year"),
    re_path(rf"{HALF}/$", half_year.report, name="half-year-report"),
    re_path(rf"{HALF}/report\.(?P<kind>docx|pdf)$", half_year.file, name="half-year-file"),
    re_path(rf"{HALF}/tasks/$", lists.tasks, name="half-year-tasks"),
    re_path(rf"{HALF}/records/$", lists.records, name="half-year-records"),
    re_path(rf"{HALF}/notices/$", lists.notices, name="half-year-notices"),
    re_path(rf"{HALF}/replies/$", lists.replies, name="half-year-replies"),
    re_path(rf"{HALF}/money/$", lists.money, name="half-year-money"),
]
