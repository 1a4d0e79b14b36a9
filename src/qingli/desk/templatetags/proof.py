"""Tags of the pages of proof."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from qingli.web.templatetags.web import tag

register = template.Library()


@register.simple_tag
def site_found(outcome: str) -> SafeString:
    """What was found at a site, as cell and word."""
    cell, words = {
        "met": ("done", gettext("in order")),
        "not-met": ("open", gettext("not in order")),
        "not-seen": ("skip", gettext("could not be seen")),
    }.get(outcome, ("wait", gettext("to be looked at")))
    return tag(cell, words)
