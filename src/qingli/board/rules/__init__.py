"""What an outsider could dispute about postings and replies. Plain Python."""
