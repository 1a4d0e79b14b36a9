"""Addresses of the pages without an account."""

from django.urls import include, path

from qingli.public import first, keep, plans

app_name = "public"
urlpatterns = [
    path("", first.first, name="first"),
    path("read/", first.read, name="read"),
    path("read/which/", first.which, name="which"),
    path("read/change/", first.change, name="change"),
    path("keep/", keep.keep, name="keep"),
    path("p/<slug:slug>/", plans.plan, name="plan"),
    path("p/<slug:slug>/text/", plans.text, name="plan-text"),
    path("board/", include("qingli.public.board.urls")),
    path("titles/", include("qingli.public.title.urls")),
]
