"""Pages about applications and titles."""
