"""Kinds of accounts, and what money is spent on."""

from enum import StrEnum


class AccountKind(StrEnum):
    """What an account stands for. Its lines add up to what came from it (below zero), lies in it, or went into it."""

    SOURCE = "source"  # where money comes from: a budget, a special fund, a donor
    FUND = "fund"  # where money lies: never below zero
    EXPENSE = "expense"  # what money was spent on, by category: never below zero


class Category(StrEnum):
    """What a neighbourhood spends money on. An earmark names those that its money is for.

    The house's own list: no document known to us prescribes one. There is no "other": whoever wants money to be free
    opens no earmark for it.
    """

    PUBLICITY = "publicity"
    ACTIVITIES = "activities"
    TRAINING = "training"
    VOLUNTEERS = "volunteers"
    CLEANING = "cleaning"
    GREENING = "greening"
    WASTE = "waste"
    WATER = "water"
    ENERGY = "energy"
    EQUIPMENT = "equipment"
    REPAIRS = "repairs"
    SURVEYS = "surveys"
