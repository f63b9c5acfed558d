"""`python -m wallboard` is the same as the `wallboard` command."""

from wallboard.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
