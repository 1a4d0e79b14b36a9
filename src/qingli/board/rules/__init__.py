"""What an outsider could dispute about postings: how long one hangs, who may still reply, what counts as decided."""

from qingli.board.rules.kinds import NoticeKind, Outcome, ReplyKind, Subject
from qingli.board.rules.refusals import BoardError, NotFoundError
from qingli.board.rules.replies import Sent, check_answer, check_forget, check_reply
from qingli.board.rules.standing import Standing, standing_on
from qingli.board.rules.text import clean_lines
from qingli.board.rules.window import AT_LEAST_WORKING, DAYS, Window, preview, window

__all__ = [
    "AT_LEAST_WORKING",
    "DAYS",
    "BoardError",
    "NotFoundError",
    "NoticeKind",
    "Outcome",
    "ReplyKind",
    "Sent",
    "Standing",
    "Subject",
    "Window",
    "check_answer",
    "check_forget",
    "check_reply",
    "clean_lines",
    "preview",
    "standing_on",
    "window",
]
