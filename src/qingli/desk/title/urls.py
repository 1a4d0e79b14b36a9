"""Addresses of the pages about applications and titles."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from qingli.desk.title import applying, money, offices, pages, years

IN_APPLICATION: list[URLPattern | URLResolver] = [
    path("", pages.application, name="application"),
    path("write/", applying.write, name="application-write"),
    re_path(r"^do/(?P<name>withdraw|resume|endorse|recommend)/$", applying.move, name="application-move"),
    re_path(r"^(?P<name>return|decline)/$", offices.step, name="application-step"),
    path("name/", offices.name_it, name="application-name"),
    path("figures/<slug:criterion>/", pages.figure, name="application-figure"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.titles, name="titles"),
    path("begin/<uuid:cycle_id>/", applying.begin, name="application-begin"),
    path("applications/<uuid:application_id>/", include(IN_APPLICATION)),
    path("enter/", offices.enter, name="title-enter"),
    path("programmes/new/", years.new_programme, name="programme-new"),
    path("programmes/<uuid:programme_id>/years/new/", years.new_year, name="cycle-new"),
    path("years/<uuid:cycle_id>/", years.year, name="cycle"),
    path("years/<uuid:cycle_id>/post/", years.post, name="cycle-post"),
    path("years/<uuid:cycle_id>/standard/", years.standard, name="cycle-standard"),
    path("awards/", money.awards, name="title-awards"),
    path("awards/<uuid:title_id>/<slug:part>/", money.pay, name="title-pay"),
]
