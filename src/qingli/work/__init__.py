"""Records of work done."""
