"""Earmarked money, double entry."""
