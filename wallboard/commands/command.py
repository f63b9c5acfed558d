"""What a module of this folder offers to the command line."""

import argparse
from pathlib import Path
from typing import Protocol, TypeAlias

from wallboard.config import Configuration

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name


class Command(Protocol):
    """One subcommand: how it is added to the command line, and how it is run."""

    @staticmethod
    def add_to(subparsers: Subparsers) -> None:
        """Add the command with its options."""
        ...

    @staticmethod
    def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
        """Run the command; return the exit status."""
        ...
