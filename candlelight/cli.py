"""The commands: arguments, choice of workers, exit codes.

0: done. 1: the content has errors. 2: wrong usage or a broken machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import NoReturn

from candlelight import __version__
from candlelight.commands import build, check
from candlelight.console import Console, mend_streams, site_language
from candlelight.run.lock import Busy
from candlelight.run.output import RefusedOutput

BROKEN = 2
INTERRUPTED = 130
COMMANDS = {"build": build, "check": check}
"""Each command's module; what they need is imported only when they run."""

_REPOSITORY = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* name (``sys.argv`` by default); returns the exit code."""
    mend_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    source = _source(given)
    console = Console(site_language(source))
    try:
        options = _parser(console, source).parse_args(_with_command(given))
        return int(options.run(options, console))
    except WrongUsage as wrong:
        console.complain("wrong-usage", reason=wrong)
        console.complain("see-help", program=Path(sys.argv[0]).name)
        return BROKEN
    except RefusedOutput as refused:
        console.complain(refused.reason, **refused.given)
        return BROKEN
    except Busy as busy:
        console.complain("busy", holder=busy.holder)
        return BROKEN
    except BrokenExecutor:
        console.complain("worker-died")
        return BROKEN
    except KeyboardInterrupt:
        console.complain("interrupted")
        return INTERRUPTED
    except (OSError, MemoryError) as trouble:
        console.complain("machine-trouble", reason=str(trouble) or type(trouble).__name__)
        return BROKEN


class WrongUsage(Exception):
    """Arguments that mean nothing; argparse would exit by itself, in English."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(message)


def _source(given: Sequence[str]) -> Path:
    """The anthology: ``--source``, else the current folder if it has ``content/``, else ours."""
    for index, argument in enumerate(given):
        if argument == "--source" and index + 1 < len(given):
            return Path(given[index + 1])
        if argument.startswith("--source="):
            return Path(argument.partition("=")[2])
    here = Path.cwd()
    return here if (here / "content").is_dir() else _REPOSITORY


def _with_command(given: list[str]) -> list[str]:
    """Without a command it is ``build``; a lone ``--help`` or ``--version`` stays."""
    if given and (not given[0].startswith("-") or given[0] in {"-h", "--help", "--version"}):
        return given
    return ["build", *given]


def _parser(console: Console, source: Path) -> argparse.ArgumentParser:
    parser = _Parser(prog="build.py", description=console.text("about"), add_help=False)
    parser.add_argument("-h", "--help", action="help", help=console.text("help"))
    parser.add_argument(
        "--version", action="version", version=f"candlelight {__version__}",
        help=console.text("version"),
    )  # fmt: skip
    commands = parser.add_subparsers(title=console.text("commands"), metavar="", required=True)
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=console.text(f"help-{name}"), add_help=False)
        command.add_argument("-h", "--help", action="help", help=console.text("help"))
        command.add_argument(
            "--source", type=Path, default=source, help=console.text("option-source")
        )
        module.add(command, console)
        command.set_defaults(run=module.run)
    return parser
