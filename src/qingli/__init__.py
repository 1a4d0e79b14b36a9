"""Qingli 青里: a neighbourhood's environmental work, from the written plan to the title that a city awards for it."""

__version__ = "0.1.0"
