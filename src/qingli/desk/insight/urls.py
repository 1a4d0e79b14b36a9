"""Addresses of the pages about figures over every room."""

from django.urls import URLPattern, URLResolver, path, re_path

from qingli.desk.insight import half_year

HALF = r"^half-year/(?P<half>[0-9]{4}-[12])"
urlpatterns: list[URLPattern | URLResolver] = [
    path("half-year/", half_year.latest, name="half-year"),
    re_path(rf"{HALF}/$", half_year.report, name="half-year-report"),
    re_path(rf"{HALF}/report\.(?P<kind>docx|pdf)$", half_year.file, name="half-year-file"),
    re_path(rf"{HALF}/tasks/$", half_year.tasks, name="half-year-tasks"),
    re_path(rf"{HALF}/records/$", half_year.records, name="half-year-records"),
]
