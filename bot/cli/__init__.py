"""The command line: one file per verb; no verb means `run`.

Every verb module has `NAME`, `HELP`, `arguments(parser)` and `run(options, settings) -> int`.
"""

import argparse
import sys
from collections.abc import Sequence
from decimal import setcontext
from types import ModuleType

from bot.adapters.database import StorageFault
from bot.chat.ports import PlatformRefused
from bot.cli import (
    ask,
    audit,
    backup,
    challenge,
    faq,
    instruments,
    migrate,
    parse,
    rebuild,
    restore,
    run,
    scenarios,
)
from bot.settings import SettingsError, load
from core.money import EXACT

VERBS: tuple[ModuleType, ...] = (
    run,
    ask,
    faq,
    scenarios,
    challenge,
    instruments,
    parse,
    migrate,
    audit,
    rebuild,
    backup,
    restore,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb and return its exit status: 0 fine, 1 a fault, 2 a refusal or bad usage."""
    options = _parser().parse_args(arguments)
    verb: ModuleType = options.verb
    setcontext(EXACT.copy())
    try:
        status: int = verb.run(options, load())
    except SettingsError as fault:
        return _told(fault, 2)
    except (StorageFault, PlatformRefused) as fault:
        return _told(fault, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    return status


def _told(fault: Exception, status: int) -> int:
    """Say a fault in one line and return the exit status."""
    sys.stderr.write(f"marginbot: {fault}\n")
    return status


def _parser() -> argparse.ArgumentParser:
    """All verbs; without one, `run` with its defaults."""
    parser = argparse.ArgumentParser(
        prog="marginbot",
        description="Compares isolated with cross margin. It simulates and gives no advice.",
    )
    parser.set_defaults(verb=run)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    for module in VERBS:
        one = verbs.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        module.arguments(one)
        one.set_defaults(verb=module)
    return parser
