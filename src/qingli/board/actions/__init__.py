"""Writers of the board."""

from qingli.board.actions.answering import answer_reply, forget_replier, reply
from qingli.board.actions.load import held_standing
from qingli.board.actions.posting import post_notice, prove_posting, withdraw_notice

__all__ = [
    "answer_reply",
    "forget_replier",
    "held_standing",
    "post_notice",
    "prove_posting",
    "reply",
    "withdraw_notice",
]
