"""Programmes, applications, and the titles that a city awards."""
