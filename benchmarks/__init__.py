"""Figures for docs/benchmarks.md: each file is a command, `python -m benchmarks.NAME`."""
