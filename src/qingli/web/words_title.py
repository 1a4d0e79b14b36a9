"""Codes of `title` as words for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS: Mapping[str, str | Promise] = {
    "unit-kind": _("Only communities of this city can apply. Open the page of your community."),
    "no-district-title": _(
        "Your community holds no title of the district for this, dated no later than today. Ask the district office to"
        " enter it."
    ),
    "named-within-three-years": _(
        "Your community was named for this less than three years ago. It can apply again from %(from)s."
    ),
    "not-yet-open": _("Applications are taken from %(from)s. Come back on that day."),
    "window-closed": _(
        "Applications were taken until %(until)s. Nothing was sent; what you wrote is kept. Ask the city office about"
        " the next year."
    ),
    "already-applied": _("Your community has begun its application already. Open it from the list."),
    "move-not-open": _("The application has moved on since. Load the page and look where it stands."),
    "reason-needed": _("Write the reason. The community reads it beside its application."),
    "street-has-time": _("The street still has time until %(until)s. After that day it can be recommended without it."),
    "posted-already": _("This community hangs on the board already. Load the page and look."),
    "notice-gone": _("The notice was withdrawn. Post the candidates again first."),
    "notice-not-over": _("The notice hangs until %(until)s. Name the community after that day."),
    "objection-open": _("An objection has no answer yet. Answer it first; then it can be decided."),
    "objection-upheld": _("An objection was upheld, so this community is not named. Decline it with the reason."),
    "quota-exceeded": _("As many as may be named this year, %(quota)s, are named. Decline it with the reason."),
    "windows-disordered": _("This day lies before the one above it. Look at the order of the days."),
    "evidence-disordered": _("What counts begins before it ends, and ends no later than applying. Look at the days."),
    "standard-unknown": _("This version of the standard is not in the house. Choose one from the list."),
    "standard-the-same": _("This version is in force already. Choose another."),
    "money-rule-unknown": _("This rule about money is not in the house. Choose one from the list."),
    "quota-out-of-range": _("Write a number from 1 to 10,000, or leave it out."),
    "days-out-of-range": _("Write a number of days up to 90, for example 7"),
    "valid-years-out-of-range": _("Write a number of years from 1 to 10, for example 3"),
    "cycle-already-there": _("The year %(year)s of this programme is open already. Choose another year."),
    "programme-already-there": _("There is a programme with this name already. Choose another name."),
    "approval-in-future": _("This day has not come yet. Write the day of the approval document."),
    "level-unknown": _("Choose who gave the title: the district or the city."),
    "title-in-future": _("This day has not come yet. Write the day on which the title was given."),
    "title-ends-early": _("The title would end before it begins. Look at the two days."),
    "title-already-there": _("This title has been entered already. Look at the titles of this community."),
    "no-candidates": _("Choose at least one community that was recommended this year."),
    "no-award": _("No money comes with this title. Go back to the list."),
    "no-such-part": _("This payment does not belong to the title. Load the page again."),
    "account-elsewhere": _("Choose the special fund of the community that was named."),
    "number-malformed": _("There is a slip in this number. Look at the certificate and type it again."),
}
JOURNAL_KINDS: Mapping[str, str | Promise] = {
    "title.programme-set-up": _("Programme set up"),
    "title.cycle-opened": _("Year of the programme opened"),
    "title.standard-changed": _("New version of the standard put in force"),
    "title.begun": _("Application begun"),
    "title.saved": _("Application changed"),
    "title.submitted": _("Handed in"),
    "title.withdrawn": _("Withdrawn by the community"),
    "title.resumed": _("Taken up again by the community"),
    "title.endorsed": _("Endorsed by the street"),
    "title.recommended": _("Recommended by the district"),
    "title.returned": _("Sent back to the community"),
    "title.declined": _("Declined by the city"),
    "title.candidates-posted": _("Candidates posted"),
    "title.posted": _("Posted for everybody"),
    "title.named": _("Named"),
    "title.registered": _("Title entered from its document"),
    "title.award-paid": _("Part of the award paid"),
}
STATES: Mapping[str, str | Promise] = {
    "draft": pgettext_lazy("state of an application", "being prepared"),
    "submitted": pgettext_lazy("state of an application", "handed in"),
    "endorsed": pgettext_lazy("state of an application", "endorsed by the street"),
    "recommended": pgettext_lazy("state of an application", "recommended by the district"),
    "posted": pgettext_lazy("state of an application", "posted for everybody"),
    "named": pgettext_lazy("state of an application", "named"),
    "declined": pgettext_lazy("state of an application", "declined"),
    "returned": pgettext_lazy("state of an application", "sent back"),
    "withdrawn": pgettext_lazy("state of an application", "withdrawn"),
}
STEPS: Mapping[str, str | Promise] = {
    "submitted": pgettext_lazy("step of an application", "Handed in"),
    "endorsed": pgettext_lazy("step of an application", "Street"),
    "recommended": pgettext_lazy("step of an application", "District"),
    "posted": pgettext_lazy("step of an application", "Notice"),
    "named": pgettext_lazy("step of an application", "Named"),
}
WAITS: Mapping[str, str | Promise] = {
    "community": _("your community"),
    "street": _("the street office"),
    "district": _("the district office"),
    "city": _("the city office"),
    "notice": _("the public notice"),
}
LEVELS: Mapping[str, str | Promise] = {
    "district": pgettext_lazy("level of a title", "district"),
    "city": pgettext_lazy("level of a title", "city"),
}
GOALS: Mapping[str, str | Promise] = {
    "named": pgettext_lazy("goal", "named"),
    "demonstration": pgettext_lazy("goal", "demonstration"),
}
MONEY_RULES: Mapping[str, str | Promise] = {
    "none": _("no money"),
    "two-payers": _("20,000 yuan: 10,000 each from the environment and the energy department"),
}
PAYERS: Mapping[str, str | Promise] = {
    "environment": _("environment department"),
    "energy": _("energy department"),
}
RESULTS: Mapping[str, str | Promise] = {
    "met": pgettext_lazy("result of a criterion", "met"),
    "partly": pgettext_lazy("result of a criterion", "partly met"),
    "not-met": pgettext_lazy("result of a criterion", "not met"),
    "not-enough-data": pgettext_lazy("result of a criterion", "not enough data"),
    "to-judge": pgettext_lazy("result of a criterion", "to be judged"),
}
