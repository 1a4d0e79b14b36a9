"""Public notices with a window, and what people reply."""
