"""Files with hashes and retention; the journal of acts."""
