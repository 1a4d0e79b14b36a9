"""Numbers over every room. Reads only, has no tables."""
