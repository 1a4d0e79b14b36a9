"""The page on which a draft is checked beside its text: its rows and cards, their words, and what its forms do."""
