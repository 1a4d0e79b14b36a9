"""`qingli manage …`: Django's management commands."""

from django.core.management import execute_from_command_line


def run(argv: list[str]) -> int:
    """Hand the words to Django, which ends the process itself on an error."""
    execute_from_command_line(["qingli manage", *argv])
    return 0
