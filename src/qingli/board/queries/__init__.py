"""Reads of the board."""

from qingli.board.queries.faults import faults
from qingli.board.queries.inside import notice, notices_of_unit, replies, reply, unanswered
from qingli.board.queries.outside import public_notice, public_notices, receipt, receipt_token
from qingli.board.queries.shapes import (
    GoalPosting,
    NoticeLine,
    NoticePage,
    NoticeView,
    PostingView,
    PublicAnswer,
    PublicNotice,
    Receipt,
    ReplyView,
)
from qingli.board.queries.waiting import goal_postings, standing, standings

__all__ = [
    "GoalPosting",
    "NoticeLine",
    "NoticePage",
    "NoticeView",
    "PostingView",
    "PublicAnswer",
    "PublicNotice",
    "Receipt",
    "ReplyView",
    "faults",
    "goal_postings",
    "notice",
    "notices_of_unit",
    "public_notice",
    "public_notices",
    "receipt",
    "receipt_token",
    "replies",
    "reply",
    "standing",
    "standings",
    "unanswered",
]
