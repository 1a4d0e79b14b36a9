"""How figures are counted and a standard is applied to them. Plain Python."""
