"""Word, PDF, Excel and calendar files made from what the rooms know; reads only, has no tables."""
