"""`python -m qingli` is the same command as `qingli`."""

from qingli.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
