"""Programmes and their years, applications, titles."""

from qingli.title.models.applications import Application
from qingli.title.models.programmes import Cycle, Programme
from qingli.title.models.titles import Title

__all__ = ["Application", "Cycle", "Programme", "Title"]
