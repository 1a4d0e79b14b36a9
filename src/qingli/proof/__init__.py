"""Figures counted from records, and standards applied to them."""
