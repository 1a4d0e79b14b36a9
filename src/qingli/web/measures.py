"""Names out of the catalogue in the language of the page."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from qingli.catalogue import Catalogue, Matcher, load_catalogue


@cache
def catalogue() -> Catalogue:
    """The built-in catalogue with the user's own folder laid over it."""
    return load_catalogue(settings.CATALOGUE)


@cache
def matcher() -> Matcher:
    return Matcher(catalogue())
