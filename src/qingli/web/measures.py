"""Names out of the catalogue in the language of the page."""

from functools import cache
from typing import cast

from django.conf import settings
from django.utils.translation import get_language

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


def evidence_name(evidence_id: str) -> str:
    """A kind of proof in the page's language; its id where the catalogue does not know it."""
    evidence = catalogue().evidence.get(evidence_id)
    return evidence.names.get(language()) if evidence else evidence_id
