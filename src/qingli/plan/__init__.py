"""Plans, actions, schedules, tasks, approvals, versions."""
