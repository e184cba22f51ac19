"""The commands: arguments, choice of workers, exit codes.

0: done. 1: the content has errors. 2: wrong usage or a broken machine.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import NoReturn

from candlelight import __version__
from candlelight.commands import book, build, check, epub, new, rename, serve, why
from candlelight.commands.book import UnfitOutput
from candlelight.commands.build import CACHE, NoAnthology
from candlelight.console import Console, mend_streams, site_language
from candlelight.run.course import DeadlyJob, UnfitExecutor
from candlelight.run.lock import Busy
from candlelight.run.output import RefusedOutput
from candlelight.run.recollection import recollection

BROKEN = 2
INTERRUPTED = 130
COMMANDS = {
    "build": build,
    "check": check,
    "serve": serve,
    "book": book,
    "epub": epub,
    "new": new,
    "rename": rename,
    "why": why,
}
"""Each command's module; what they need is imported only when they run."""

_REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAM = "build.py" if (_REPOSITORY / "build.py").exists() else "candlelight"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* name (``sys.argv`` by default); returns the exit code."""
    mend_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    source = _source(given)
    with recollection(source / CACHE):
        return _answered(given, source)


def _answered(given: list[str], source: Path) -> int:
    """Run the command, and put into words whatever keeps it from its end."""
    console = Console(site_language(source))
    try:
        if given[:1] == ["test"]:
            return _selftest(given[1:])
        options = _parser(console, source).parse_args(_with_command(given))
        return int(options.run(options, console))
    except WrongUsage as wrong:
        console.complain("wrong-usage", reason=_reason(wrong, console))
        console.complain("see-help", program=PROGRAM)
        return BROKEN
    except NoAnthology as missing:
        console.complain("no-content", path=missing)
        return BROKEN
    except RefusedOutput as refused:
        console.complain(refused.reason, **refused.given)
        return BROKEN
    except (UnfitExecutor, UnfitOutput) as unfit:
        console.complain(unfit.key, **unfit.given)
        return BROKEN
    except Busy as busy:
        console.complain("busy", holder=busy.holder)
        return BROKEN
    except DeadlyJob as deadly:
        console.complain("job-deadly", path=deadly.path)
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


def _selftest(given: list[str]) -> int:
    """``test`` hands its arguments on to pytest, which argparse would not let through."""
    from candlelight.selftest import main as selftest

    return selftest(given)


class WrongUsage(Exception):
    """Arguments that mean nothing; argparse would say so in English and exit by itself."""


_REASONS = (
    (re.compile(r"unrecognized arguments: (.*)"), "wrong-unknown"),
    (re.compile(r"argument (\S+): expected .*"), "wrong-empty"),
    (re.compile(r"argument (\S+): invalid \w+ value: '(.*)'"), "wrong-value"),
    (re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)"), "wrong-choice"),
    (re.compile(r"the following arguments are required: (.*)"), "wrong-missing"),
)
"""What argparse says, and the sentence of ours that says it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(message)


def _reason(wrong: WrongUsage, console: Console) -> str:
    for pattern, key in _REASONS:
        if match := pattern.fullmatch(str(wrong)):
            given = dict(zip(("name", "value", "choices"), match.groups(), strict=False))
            # Some versions of Python put each choice in quotes.
            given["choices"] = given.get("choices", "").replace("'", "")
            return console.text(key, **{"value": "", **given})
    return str(wrong)


def _source(given: Sequence[str]) -> Path:
    """The anthology: ``--source``, else the current folder if it has ``content/``, else ours."""
    for index, argument in enumerate(given):
        if argument == "--source" and index + 1 < len(given):
            return Path(given[index + 1])
        if argument.startswith("--source="):
            return Path(argument.partition("=")[2])
    with contextlib.suppress(OSError):  # The current folder may have been deleted.
        here = Path.cwd()
        if (here / "content").is_dir():
            return here
    return _REPOSITORY


def _with_command(given: list[str]) -> list[str]:
    """Without a command it is ``build``; a lone ``--help`` or ``--version`` stays."""
    if given and (not given[0].startswith("-") or given[0] in {"-h", "--help", "--version"}):
        return given
    return ["build", *given]


def _parser(console: Console, source: Path) -> argparse.ArgumentParser:
    formatter = _formatter(console.text("usage"))
    parser = _Parser(
        prog=PROGRAM,
        description=console.text("about"),
        formatter_class=formatter,
        add_help=False,
        allow_abbrev=False,
    )
    own = parser.add_argument_group(console.text("options"))
    own.add_argument("-h", "--help", action="help", help=console.text("help"))
    version = f"candlelight {__version__}"
    own.add_argument("--version", action="version", version=version, help=console.text("version"))
    commands = parser.add_subparsers(
        title=console.text("commands"), metavar=console.text("command"), required=True
    )
    for name, module in COMMANDS.items():
        about = console.text(f"help-{name}")
        command = commands.add_parser(
            name,
            help=about,
            description=about,
            formatter_class=formatter,
            add_help=False,
            allow_abbrev=False,
        )
        group = command.add_argument_group(console.text("options"))
        group.add_argument("-h", "--help", action="help", help=console.text("help"))
        group.add_argument(
            "--source",
            type=Path,
            default=source,
            metavar="DIR",
            help=console.text("option-source"),
        )
        module.add(group, console)
        command.set_defaults(run=module.run)
    if (_REPOSITORY / "tests").is_dir():
        commands.add_parser("test", help=console.text("help-test"), add_help=False)
    return parser


def _formatter(usage: str) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.HelpFormatter):
        def add_usage(self, text, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            super().add_usage(text, actions, groups, usage if prefix is None else prefix)

    return Formatter
