"""What a plan may do and when it falls due, in plain Python: facts in, decision out, codes instead of sentences.

- `schedule`: a reading's normal form → when it falls due (`from_norm`, `decide`, `together`, `occurrences`, `needs`)
- `calendar`: lunar dates, solar terms, rest days; what is not known is asked for
- `periods`: half-years, school years and their keys (`plan_period`)
- `lifecycle`: the one table of allowed moves of a plan and of a task
- `tasks`: which tasks must be made, moved, cancelled or kept (`wanted`)
- `doctor`: what a plan lacks (`examine`, `facts_of`, `apply_edits`)
- `diff`: two versions of a plan side by side
- `compose`: a plan put together from measures
- `progress`: promised, done, late, not due
"""
