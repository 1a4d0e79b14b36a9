"""Who may be named, by which moves, and what a title brings. Plain Python."""
