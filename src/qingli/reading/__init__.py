"""Written plan to structure: a library of its own, without Django."""
