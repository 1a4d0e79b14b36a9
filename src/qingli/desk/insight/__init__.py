"""Pages about figures over every room."""
