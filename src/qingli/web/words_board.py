"""Codes of `board` as words for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOTICE_KINDS: Mapping[str, str | Promise] = {
    "goals": _("Goals of the plan"),
    "candidates": _("Candidates for a title"),
    "result": _("Result"),
    "information": _("To know"),
}
REPLY_KINDS: Mapping[str, str | Promise] = {
    "opinion": _("Opinion"),
    "objection": _("Objection"),
}
OUTCOMES: Mapping[str, str | Promise] = {
    "upheld": pgettext_lazy("outcome of a reply", "Upheld"),
    "rejected": pgettext_lazy("outcome of a reply", "Not upheld"),
    "noted": pgettext_lazy("outcome of a reply", "Noted"),
}
REFUSALS: Mapping[str, str | Promise] = {
    "window-out-of-range": _("A notice hangs for 1 to 90 days. Choose other days."),
    "opens-in-past": _("A notice cannot open on a day that has passed. Choose today or a later day."),
    "opens-too-far": _("This day is more than 90 days off. Choose an earlier day."),
    "rest-days-unknown": _("The rest days of that year are not known yet. Write the last day of the window yourself."),
    "window-too-short": _("The window would be too short. Leave the last day out, or choose a later one."),
    "bad-subjects": _("The candidates of this notice do not fit. Go back and choose them again."),
    "notice-withdrawn": _("This notice has been withdrawn. Look for a newer one."),
    "hung-in-future": _("This day has not come yet. Write the day on which it was hung up."),
    "place-already-told": _("This place is on the list already. Write another place."),
    "no-withdrawal-reason": _("Write why the notice is withdrawn. Everybody can read the reason."),
    "window-not-open": _("The window has not opened yet. Come back on its first day."),
    "window-over": _("The window is over, so nothing can be sent any more. Call the unit that posted the notice."),
    "no-such-subject": _("This is not part of the notice. Choose from the list."),
    "objection-needs-name": _("Write your name. Only those who answer the objection see it."),
    "objection-needs-contact": _("Write how to reach you, for example a telephone number."),
    "reply-answered": _("Somebody has answered this reply already. Load the page and look."),
    "objection-undecided": _("An objection has to be decided. Choose upheld or not upheld."),
    "no-answer-reason": _("Write the reason. The sender and everybody else can read it."),
    "reply-open": _("This reply has no answer yet. Answer it first."),
    "replier-forgotten": _("Name and contact have been erased already. There is nothing more to do."),
}
JOURNAL_KINDS: Mapping[str, str | Promise] = {
    "board.posted": _("Notice posted"),
    "board.proved": _("Place of the notice written down"),
    "board.withdrawn": _("Notice withdrawn"),
    "board.replied": _("Reply received"),
    "board.answered": _("Reply answered"),
    "board.replier-forgotten": _("Name and contact of the sender erased"),
}
