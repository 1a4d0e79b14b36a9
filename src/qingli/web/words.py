"""Codes of the rooms as words for people. Rooms give codes; only here and in templates do they become sentences."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qingli.ground.queries import PostView
from qingli.plan.queries.shapes import Who
from qingli.web import words_board, words_ledger, words_proof, words_title
from qingli.web.days import date_words

ROLES: Mapping[str, str | Promise] = {
    "clerk": _("environment clerk"),
    "head": _("head of the committee"),
    "grid_worker": _("grid worker"),
    "building_head": _("building head"),
    "registrar": _("registrar"),
    "city_management_officer": _("city management officer"),
    "party_staff": _("staff of a partner"),
    "volunteer": _("volunteer"),
    "street_office": _("street office"),
    "district_office": _("district office"),
    "city_office": _("city office"),
    "reviewer": _("reviewer"),
    "finance": _("finance officer"),
    "auditor": _("auditor"),
    "administrator": _("administrator"),
}
UNIT_KINDS: Mapping[str, str | Promise] = {
    "city": _("city"),
    "district": _("district"),
    "street": _("street"),
    "township": _("township"),
    "community": _("community"),
    "li": pgettext_lazy("Taiwan's 里", "li"),
    "grid": _("grid"),
    "neighbourhood": _("neighbourhood"),
}
SITE_TYPES: Mapping[str, str | Promise] = {
    "building": _("building"),
    "household": _("household"),
    "enterprise": _("enterprise"),
    "shop": _("shop"),
    "market": _("market"),
    "open_yard": _("open yard"),
    "water_tank": _("water tank"),
    "river_reach": _("river reach"),
    "green_belt": _("green belt"),
    "notice_board": _("notice board"),
    "office": _("office"),
    "meter": _("meter"),
}
PARTY_KINDS: Mapping[str, str | Promise] = {
    "property_firm": _("property firm"),
    "department": _("department"),
    "contractor": _("contractor"),
    "school": _("school"),
    "enterprise": _("enterprise"),
    "association": _("association"),
    "other": _("other"),
}
GROUP_KINDS: Mapping[str, str | Promise] = {
    "leading": _("leading group"),
    "training": _("training group"),
    "working": _("working group"),
}
SEAT_KINDS: Mapping[str, str | Promise] = {
    "leader": _("group leader"),
    "deputy": _("deputy leader"),
    "member": _("member"),
    "liaison": _("liaison"),
    "office": _("office of the group"),
    "training": _("training"),
}
PLAN_STATES: Mapping[str, str | Promise] = {
    "draft": _("draft"),
    "submitted": _("sent to the office above"),
    "adopted": _("adopted"),
    "published": _("published"),
    "in-force": _("in force"),
    "closed": _("closed"),
}
APPROVAL_WAYS: Mapping[str, str | Promise] = {
    "committee": _("adopted by the committee"),
    "residents": _("adopted by the residents' meeting"),
    "above": _("approved by the office above"),
    "filed": _("filed with the office above"),
    "sent-back": _("sent back by the office above"),
}
REFUSALS: Mapping[str, str | Promise] = {
    "not-allowed": _("Your post does not include this. Ask the head of your committee or your administrator."),
    "not-found": _("This is no longer there. Go back and load the list again."),
    "key-reused": _("This form was already used for something else. Load the page again."),
    "archive": _("This cannot be kept now. Nothing was changed. Try again in a while."),
    "already-erased": _("This has been erased already."),
    "no-such-entry": _("This entry of the journal is not there. Load the page again."),
    "code-malformed": _("Use up to 24 small letters, digits or hyphens as the short name."),
    "path-too-long": _("There are too many levels of units here. Put it further up."),
    "unit-not-here": _("A unit of this kind cannot lie here. Choose another kind, or another place."),
    "unit-into-itself": _("A unit cannot be moved into itself. Choose another place."),
    "grids-too-many": _("A community has at most 99 grids. Take some out."),
    "zone-unknown": _("This time zone is not known. Write it as, for example, Asia/Shanghai"),
    "count-out-of-range": _("Write a number between 0 and a million, for example 12"),
    "site-already-there": _("A site with this name stands here already. Write where it is, or choose another name."),
    "site-closed": _("This site was closed. Add it anew if it needs care again."),
    "party-closed": _("This partner has no duties here any more. Choose another."),
    "party-already-there": _("A partner with this name is here already. Choose it from the list."),
    "party-elsewhere": _("This partner belongs to another unit. Choose one of this unit."),
    "person-erased": _("This person's name has been erased. Choose somebody else."),
    "person-still-in-office": _("End the posts of this person first. Then the name can be erased."),
    "account-already-open": _("This person has or had an account already. Set a new password for it."),
    "account-ended": _("This account has ended. Load the page again."),
    "role-not-here": _("This unit has no such post. Choose another unit or another post."),
    "role-not-yours-to-give": _("Only an administrator gives this post. Ask yours."),
    "party-missing": _("Choose the partner that they work for."),
    "party-not-wanted": _("Leave the partner out: only staff of a partner have one."),
    "span-backwards": _("The last day lies before the first. Look at the two days."),
    "post-overlaps": _("This person holds this post on some of these days already. Choose other days."),
    "post-outlives-cover": _("Somebody stands in beyond that day. End the standing-in first, or choose a later day."),
    "cover-of-oneself": _("Nobody can stand in for themselves. Choose somebody else."),
    "cover-outside-post": _("Both posts must hold on all of these days. Choose other days."),
    "cover-overlaps": _("Somebody stands in on some of these days already. End that first, or choose other days."),
    "cover-of-cover": _(
        "One of the two already has a part in another standing-in on these days. Choose somebody else."
    ),
    "cover-from-afar": _("Only somebody of the same or a neighbouring unit can stand in. Choose somebody nearer."),
    "group-already-there": _("A group with this name is here already. Choose another name."),
    "seat-empty": _("Choose a person or a partner, or write who it is."),
    "seat-of-two": _("Choose either a person or a partner, not both."),
    "weak-token": _("The calendar address could not be made. Try again."),
    "no-day": _("Write on which day it was done."),
    "no-new-owner": _("Choose who is to take over."),
    "same-owner": _("It is theirs already. Choose somebody else."),
    "only-by-amendment": _("The plan leaves this out only by an amendment. Write why it was not done instead."),
    "too-many-quantities": _("These are too many figures for one entry. Write a second one."),
    "edit-outside": _("The text has changed since. Load the page and try again."),
    "edits-overlap": _("The text has changed since. Load the page and try again."),
    "nothing-asked": _("This answer does not fit the question. Choose one of those offered."),
    "no-such-reading": _("This answer does not fit the question. Choose one of those offered."),
    "bad-frequency": _("Choose how often, for example every month."),
    "no-measures": _("Choose at least one kind of measure."),
    "number-out-of-range": _("This number is too large or too small. Write another."),
    "period-reversed": _("The last day must not lie before the first."),
    "text-blank": _("Something was left empty. Fill it in."),
    "text-too-long": _("This is too long. Shorten it."),
    "text-unreadable": _("There are signs in it that cannot be shown. Type it again."),
    "text-has-id-number": _("This looks like an identity number. Qingli keeps none: leave it out."),
    "code-taken": _("This short name is taken. Choose another."),
    "username-taken": _("This user name is taken. Choose another."),
    "username-malformed": _("Use 2 to 40 letters, digits, full stops or hyphens, for example lin.xiuqin"),
    "password-weak": _("This password is easily guessed. Take a longer one, for example a short sentence."),
    "phone-malformed": _("This is not a telephone number. Write digits only."),
    "no-period": _("The plan's first and last day are not known yet. Set them first."),
    "no-actions": _("No action has been accepted yet. Look at the actions first."),
    "no-meeting": _("Write on which day it was adopted, and by whom."),
    "in-future": _("This day has not come yet. Write the day on which it happened."),
    "no-quorum": _("Fewer than half of those entitled were there. The meeting cannot adopt the plan."),
    "not-carried": _("Fewer than half were in favour. The plan was not adopted."),
    "approved-above": _("This plan is approved by the office above. Send it there."),
    "adopted-here": _("This plan is adopted here, by the committee or the residents' meeting."),
    "not-above": _("Only the office above can do this."),
    "not-sent": _("This does not lie with the office above: it was not sent, or was taken back."),
    "no-reason": _("Write the reason, for example: heavy rain, the yard was locked."),
    "not-begun": _("The plan's first day has not come yet. It can be put in force on that day."),
    "not-over": _("The plan's last day has not come yet. Write why it is closed earlier."),
    "tasks-open": _("Some tasks are still open. Write why the rest was not done."),
    "not-now": _("This cannot be done at present. Load the page and look where the plan stands."),
    "no-draft": _("There is no draft to work on. Begin an amendment first."),
    "draft-open": _("An amendment is already being made. Go on with it, or drop it."),
    "plan-not-in-force": _("The plan is not in force, so its tasks cannot be changed."),
    "no-title": _("Write a title."),
    "bad-days": _("The days do not fit: look at the order and at the plan's period."),
    "bad-number": _("Write a number, for example 12"),
    "bad-field": _("One of the entries cannot be used. Load the page and try again."),
    "bad-passage": _("Mark a passage of the plan's text."),
    "bad-answer": _("This answer does not fit the question. Choose one of those offered."),
    "already-answered": _("Somebody has answered this already. Load the page and look."),
    "cannot-split": _("It cannot be split there. Choose a place inside the passage."),
    "nothing-before": _("There is no action before this one to join it to."),
    "nothing-to-undo": _("There is nothing to take back."),
    "changed-since": _("Somebody changed this since. Load the page and look."),
    "nothing-to-carry": _("Nothing was left undone, so there is nothing to take over."),
    "no-such-finding": _("This has been settled already. Load the page and look."),
    "needs-words": _("Write what should stand there."),
    "nothing-said": _("Write a few words, a number, or add a photo."),
    "bad-quantity": _("Write a number, for example 12"),
    "already-corrected": _("This entry was already put right. Load the page and look."),
    "empty": _("There is nothing in this file. Choose another."),
    "too-large": _("This file is too large. Choose a smaller one."),
    "wrong-type": _("This is not a photo. Choose a JPEG, PNG or WebP picture."),
    "unreadable": _("This picture cannot be opened. Take it again or choose another."),
    **words_board.REFUSALS,
    **words_ledger.REFUSALS,
    **words_proof.REFUSALS,
    **words_title.REFUSALS,
}


def explain(error: Exception) -> str:
    """What was refused and what to do, for the code that an error carries, with the facts that it tells."""
    known = REFUSALS.get(str(getattr(error, "code", "")))
    if known is None:
        return gettext("This cannot be done now. Nothing was changed. Load the page and look again.")
    return sentence(known, getattr(error, "facts", None) or {})


def sentence(words: str | Promise, facts: Mapping[str, object]) -> str:
    """A sentence with the facts that it names; days as people write them."""
    told = {name: date_words(fact) if isinstance(fact, date) else str(fact) for name, fact in facts.items()}
    return str(words) % told if "%(" in str(words) else str(words)


def who_name(who: Who) -> str:
    """Somebody responsible, as people say it; empty for nobody."""
    if who.kind != "role":
        return who.name
    role = word(ROLES, who.name)
    return f"{who.unit_name}{_JOINT}{role}" if who.unit_name else role


def post_name(post: PostView) -> str:
    """A post, as people say it: 第1網格・網格員, or the partner's name for their staff."""
    role = word(ROLES, post.role.value)
    return f"{post.unit_name}{_JOINT}{post.party_name or role}"


_JOINT = "・"


def word(words: Mapping[str, str | Promise], code: str) -> str:
    """The word for a code; the code itself where there is none, so that nothing is hidden."""
    return str(words.get(code, code))


TASK_STATES: Mapping[str, str | Promise] = {
    "all": _("all"),
    "open": _("not done yet"),
    "late": _("late"),
    "done": _("done"),
    "not_done": _("not done, with a reason"),
}
FIELDS: Mapping[str, str | Promise] = {
    "title": _("Action"),
    "section": _("Section"),
    "schedule": _("When"),
    "owner": _("Who"),
    "quantity": _("How much"),
    "coverage": _("Reaching"),
    "measure": _("Kind"),
    "evidence": _("Proof"),
    "site_type": _("Places"),
}
JOURNAL_KINDS: Mapping[str, str | Promise] = {
    "plan.taken-in": _("Taken in from a written plan"),
    "plan.composed": _("Put together from kinds of measures"),
    "plan.renamed": _("Renamed"),
    "plan.period-set": _("First and last day set"),
    "plan.way-set": _("Way of approval set"),
    "plan.action-accepted": _("Action accepted"),
    "plan.actions-accepted": _("Actions accepted"),
    "plan.action-edited": _("Action edited"),
    "plan.action-split": _("Action split"),
    "plan.actions-merged": _("Actions merged"),
    "plan.action-ignored": _("Marked as no action"),
    "plan.action-added": _("Action added"),
    "plan.question-answered": _("Question answered"),
    "plan.schedule-set": _("When it is due was set"),
    "plan.fix-applied": _("Correction taken over"),
    "plan.review-undone": _("Last step taken back"),
    "plan.submitted": _("Sent to the office above"),
    "plan.taken-back": _("Taken back from the office above"),
    "plan.sent-back": _("Sent back by the office above"),
    "plan.approved-above": _("Approved by the office above"),
    "plan.filed-above": _("Filed with the office above"),
    "plan.adopted": _("Adopted"),
    "plan.published": _("Published"),
    "plan.started": _("Put in force"),
    "plan.tasks-made": _("Tasks made"),
    "plan.calendar-linked": _("New calendar address made"),
    "plan.amendment-opened": _("Amendment begun"),
    "plan.amendment-dropped": _("Amendment dropped"),
    "plan.amended": _("Amendment adopted"),
    "plan.closed": _("Closed"),
    "plan.carried-over": _("Made from what another plan left"),
    "plan.action-reopened": _("Action to be looked at again"),
    "work.recorded": _("Work written down"),
    "work.corrected": _("Entry put right"),
    "unit.founded": _("Unit founded"),
    "unit.renamed": _("Unit renamed"),
    "unit.moved": _("Unit moved"),
    "community.founded": _("Community founded"),
    "site.added": _("Site added"),
    "site.changed": _("Site changed"),
    "site.closed": _("Site closed"),
    "party.added": _("Partner added"),
    "party.changed": _("Partner changed"),
    "person.added": _("Person added"),
    "person.changed": _("Particulars changed"),
    "person.erased": _("Name erased"),
    "account.opened": _("Account opened"),
    "account.password-changed": _("Password changed"),
    "account.ended": _("Account ended"),
    "post.added": _("Post given"),
    "post.ended": _("Last day of the post set"),
    "cover.set": _("Standing-in set"),
    "cover.ended": _("Standing-in ended"),
    "group.founded": _("Group founded"),
    "group.changed": _("Group changed"),
    "group.seated": _("Came into the group"),
    "group.unseated": _("Left the group"),
    "archive.payload-erased": _("Words of an entry erased"),
    "archive.file-expired": _("File removed after its time"),
    "task.assigned": _("Given to somebody"),
    "task.handed-over": _("Handed over"),
    "task.put-off": _("New day set"),
    "task.not-done": _("Not done, with a reason"),
    "task.done": _("Done"),
    "task.corrected": _("Corrected"),
    "task.reopened": _("Opened again"),
    **words_board.JOURNAL_KINDS,
    **words_ledger.JOURNAL_KINDS,
    **words_proof.JOURNAL_KINDS,
    **words_title.JOURNAL_KINDS,
}
READ_ERRORS: Mapping[str, str | Promise] = {
    "empty": _("There is no text in it. Choose another file, or paste the text."),
    "missing": _("This file cannot be opened. Choose it again."),
    "too-large": _("This file is too large. Take out the pictures, or paste the text."),
    "binary": _("This is not a text. Choose a Word file, a PDF with text, or plain text."),
    "unsupported": _("This kind of file holds no plan text. Choose a Word file, a PDF with text, or plain text."),
    "encrypted": _("This file is protected by a password. Save it without one, or paste the text."),
    "corrupt": _("This file is damaged. Open it in Word, save it anew, and try again."),
    "zip-bomb": _("This file unpacks to far more than its size and was not opened. Paste the text instead."),
    "external-entities": _(
        "This file asks for other files and was not opened. Save it anew in Word, or paste the text."
    ),
    "too-complex": _("This file has more parts than a plan ever has. Paste the text instead."),
    "no-text": _("This looks like a scan: pictures of pages without text. Find the Word file, or type the text."),
    "needs-libreoffice": _("This older kind of file cannot be read here. Open it in Word and save it as .docx."),
    "conversion-failed": _("This older kind of file could not be converted. Open it in Word and save it as .docx."),
    "timeout": _("Reading this file took too long. Paste the text instead."),
}


def read_error(error: Exception) -> str:
    """Why a file cannot be read, and what to do instead."""
    code = str(getattr(error, "code", ""))
    facts = {name: str(value) for name, value in getattr(error, "facts", {}).items()}
    sentence = READ_ERRORS.get(code)
    return (
        str(sentence) % facts
        if sentence
        else gettext("This file cannot be read. Open it, copy its text and paste it here.")
    )
