"""What a reply must bring, when it may come, and how it is answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qingli.board.rules.kinds import Outcome, ReplyKind
from qingli.board.rules.refusals import BoardError
from qingli.board.rules.text import clean_lines
from qingli.ground.rules import clean_text

WORDS = 2000
NAME = 40
CONTACT = 80
REASON = 1000


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply as it is kept."""

    kind: ReplyKind
    subject_id: UUID | None
    name: str
    contact: str
    words: str


def check_reply(
    sent: Sent, *, today: date, opens: date, ends: date, withdrawn: bool, subjects: Collection[UUID]
) -> Sent:
    """The reply, cleaned. An objection names who objects and how to reach them; an opinion may leave both out.

    Raises notice-withdrawn, window-not-open, window-over, no-such-subject, objection-needs-name,
    objection-needs-contact, and what the ground says of texts (`text-too-long` beyond 2,000 characters).
    """
    if withdrawn:
        raise BoardError("notice-withdrawn")
    if today < opens:
        raise BoardError("window-not-open", facts={"opens": opens})
    if today > ends:
        raise BoardError("window-over", facts={"ends": ends})
    if sent.subject_id is not None and sent.subject_id not in subjects:
        raise BoardError("no-such-subject", "subject_id")
    name = clean_text(sent.name, NAME, "name", needed=False)
    contact = clean_text(sent.contact, CONTACT, "contact", needed=False)
    words = clean_lines(sent.words, WORDS, "words")
    if sent.kind is ReplyKind.OBJECTION and not name:
        raise BoardError("objection-needs-name", "name")
    if sent.kind is ReplyKind.OBJECTION and not contact:
        raise BoardError("objection-needs-contact", "contact")
    return Sent(sent.kind, sent.subject_id, name, contact, words)


def check_answer(kind: ReplyKind, outcome: Outcome, reason: str, *, answered: bool) -> str:
    """The reason, cleaned. Raises reply-answered, objection-undecided, no-answer-reason, and of texts."""
    if answered:
        raise BoardError("reply-answered")
    if kind is ReplyKind.OBJECTION and outcome is Outcome.NOTED:
        raise BoardError("objection-undecided", "outcome")
    reason = clean_lines(reason, REASON, "reason", needed=False)
    if not reason:
        raise BoardError("no-answer-reason", "reason")
    return reason


def check_forget(*, answered: bool, forgotten: bool) -> None:
    """Raises reply-open (the answer must still reach them), replier-forgotten."""
    if not answered:
        raise BoardError("reply-open")
    if forgotten:
        raise BoardError("replier-forgotten")
