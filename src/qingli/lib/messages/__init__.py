"""Message catalogues without the gettext tools: extract, compile, fill Simplified from Traditional, check."""
