"""Names out of the catalogue in the language of the page."""

from collections.abc import Mapping
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingli.catalogue import Catalogue, Matcher, load_catalogue
from qingli.catalogue.types import Language


@cache
def catalogue() -> Catalogue:
    """The built-in catalogue with the user's own folder laid over it."""
    return load_catalogue(settings.CATALOGUE)


@cache
def matcher() -> Matcher:
    return Matcher(catalogue())


def language() -> Language:
    """The page's language, as the catalogue names it."""
    return cast(Language, {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}.get(get_language() or "zh-hant", "en"))


def measure_name(measure_id: str) -> str:
    """A measure's name in the page's language; its id where the catalogue does not know it."""
    measure = catalogue().measures.get(measure_id)
    return measure.names.get(language()) if measure else measure_id


_READ: Mapping[str, str | Promise] = {
    "report": _("report"),
    "pledge": _("signed pledge"),
    "notice": _("notice"),
    "publication": _("public posting"),
}
"""Proof that plans ask for in their own words and that no measure of the catalogue yields."""


def evidence_name(evidence_id: str) -> str:
    """A kind of proof in the page's language; its id where neither the catalogue nor the reader knows it."""
    evidence = catalogue().evidence.get(evidence_id)
    return evidence.names.get(language()) if evidence else str(_READ.get(evidence_id, evidence_id))
