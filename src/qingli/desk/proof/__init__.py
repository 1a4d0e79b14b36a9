"""Pages about figures and self-assessment."""
