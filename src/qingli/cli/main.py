"""The `qingli` command: the first word says which part of the house answers."""

import os
import sys
from collections.abc import Callable
from importlib import import_module

# word → module with `run(argv) -> int`, and what it does
COMMANDS = {
    "read": ("qingli.cli.read", "read a written plan: table, --json, --ics, --docx, --xlsx"),
    "savings": ("qingli.cli.savings", "what a change has saved, from meters and weather: table, --xlsx, --json, --svg"),
    "measures": ("qingli.cli.measures", "list the measures of the catalogue and match a sentence to them"),
    "demo": ("qingli.cli.demo", "set everything up with an invented community and start it"),
    "serve": ("qingli.cli.serve", "start the web server"),
    "worker": ("qingli.cli.worker", "seal the journal and do what is due, until stopped"),
    "backup": ("qingli.cli.backup", "write database and files into one folder"),
    "restore": ("qingli.cli.restore", "put a backup back into an empty home"),
    "verify": ("qingli.cli.verify", "check the journal against its seals"),
    "erase": ("qingli.cli.erase", "erase what the journal says with certain words, on a person's request"),
    "doctor": ("qingli.cli.doctor", "look for what is missing or wrong with this installation"),
    "manage": ("qingli.cli.manage", "Django's own commands"),
    "test": ("qingli.cli.test", "run the tests (needs a checkout)"),
    "check": ("qingli.cli.check", "run every check (needs a checkout)"),
    "soak": ("qingli.cli.soak", "run a long trial by name (needs a checkout)"),
    "screenshots": ("qingli.cli.screenshots", "take the pictures of the README (needs a checkout)"),
}


def main(argv: list[str] | None = None) -> int:
    """Run a command; its exit code: 0 well, 1 something is wrong, 2 wrongly called."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help())
        return 0 if words else 2
    if words[0] not in COMMANDS:
        print(f"qingli: there is no command {words[0]!r}\n\n{_help()}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingli.settings")
    run: Callable[[list[str]], int] = import_module(COMMANDS[words[0]][0]).run
    try:
        return run(words[1:])
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if type(error).__module__ != "django.db.utils":
            raise
        print(f"qingli {words[0]}: the database does not answer as it should ({error})", file=sys.stderr)
        print("`qingli doctor` says what is wrong with it", file=sys.stderr)
        return 1


def _help() -> str:
    lines = [f"  {word:<12} {text}" for word, (_, text) in COMMANDS.items()]
    return "qingli COMMAND …\n\n" + "\n".join(lines)
