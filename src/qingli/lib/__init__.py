"""Helpers without a domain word."""
