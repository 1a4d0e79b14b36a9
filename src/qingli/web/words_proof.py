"""Codes of `proof` as words for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "unknown-standard": _("This standard is not in the house. Choose another."),
    "unknown-criterion": _("This standard does not ask for that. Load the page and look."),
    "unknown-indicator": _("There is no such figure. Go back and choose one."),
    "bad-period": _("The last day comes before the first, or the period is longer than three years. Choose again."),
    "not-judged": _("This is counted, not judged: nobody gives points for it."),
    "points-out-of-range": _("Give points from 0 to %(most)s."),
    "own-unit": _("The panel's points are given by people from elsewhere."),
    "not-sampled": _("No sites are drawn for this. Load the page and look."),
    "bad-size": _("Draw at least one site, and no more than %(most)s."),
    "no-sites": _("There is no site of this kind yet. Add them under Sites, then draw."),
    "already-drawn": _("These sites were drawn already, and are drawn only once. Look at the ones drawn."),
    "bad-outcome": _("Say whether it is in order, is not, or could not be seen."),
}
JOURNAL_KINDS: Mapping[str, str | Promise] = {
    "proof.judged": _("Points given"),
    "proof.assessed": _("Assessment kept"),
    "proof.sample-asked": _("Sample asked for"),
    "proof.sample-drawn": _("Sites drawn"),
    "proof.site-checked": _("Site looked at"),
}
