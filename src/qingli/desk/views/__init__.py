"""The staff pages, a file for each subject."""
