"""Addresses of the pages about postings."""

from django.urls import URLPattern, URLResolver, path

from qingli.desk.board import posting, replying

urlpatterns: list[URLPattern | URLResolver] = [
    path("", posting.board, name="board"),
    path("new/", posting.new, name="notice-new"),
    path("<uuid:notice_id>/", posting.notice, name="notice"),
    path("<uuid:notice_id>/prove/", posting.prove, name="notice-prove"),
    path("<uuid:notice_id>/withdraw/", posting.withdraw, name="notice-withdraw"),
    path("<uuid:notice_id>/places/<uuid:posting_id>/photo/", posting.photo, name="posting-photo"),
    path("<uuid:notice_id>/replies/<uuid:reply_id>/answer/", replying.answer, name="reply-answer"),
    path("<uuid:notice_id>/replies/<uuid:reply_id>/forget/", replying.forget, name="reply-forget"),
]
