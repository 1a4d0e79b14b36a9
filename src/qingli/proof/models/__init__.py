"""The tables of this room. Private to it."""
