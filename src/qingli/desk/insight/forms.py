"""What a person may add to a half-year report: two short texts that go into the file and are kept nowhere."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.papers.half_year_shape import HalfYearPaper, Part, Words

LONGEST = 600  # each, so that the report stays within three pages


class OwnWordsForm(forms.Form):
    """Each text is named for the part of the report that it ends."""

    problems = forms.CharField(
        label=_("Why, and who puts it right (may be left out)"),
        help_text=_("It follows the problems in the file. Up to 600 characters; leave out people's names."),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("This is longer than 600 characters. Shorten it; it is kept here.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next = forms.CharField(
        label=_("What you want to add for the next half-year (may be left out)"),
        help_text=_("It ends the report."),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("This is longer than 600 characters. Shorten it; it is kept here.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def add_to(self, paper: HalfYearPaper) -> HalfYearPaper:
        """The report with the words at the ends of their parts."""
        return replace(paper, parts=tuple(self._part(part) for part in paper.parts))

    def _part(self, part: Part) -> Part:
        said = self.cleaned_data.get(part.code, "").strip()
        return replace(part, blocks=(*part.blocks, Words(said))) if said else part
