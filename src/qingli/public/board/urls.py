"""Addresses of the pages about postings."""

from django.urls import URLPattern, URLResolver, path

from qingli.public.board import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.board, name="board"),
    path("roots/", pages.roots, name="board-roots"),
    path("r/<str:token>/", pages.receipt, name="board-receipt"),
    path("<slug:slug>/", pages.notice, name="board-notice"),
    path("<slug:slug>/reply/", pages.reply, name="board-reply"),
]
