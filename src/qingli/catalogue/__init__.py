"""What neighbourhoods do, as content: measures and environment days. A library of its own, without Django."""
