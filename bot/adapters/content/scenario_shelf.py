"""The recorded events there are: those that come with the program, and a self-hoster's own.

An own event is a folder of its own, and wins over the program's of the same id. One that is broken
is left out and said so; it never keeps anybody from the others. Own events are looked at again once
their folders have changed, so that a fetched one can be played without a restart.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import structlog

from bot.adapters.content.scenario_files import INDEX, ScenarioFiles
from bot.settings import Settings
from core.lessons.scenario import Heading, Scenario

log = structlog.get_logger("marginbot")

Stamps = Mapping[str, tuple[int, int, int]]
"""What tells that an own folder is another than before."""


def own_folder(settings: Settings) -> Path:
    """Return where own events are: the setting, else beside an embedded database, else in data."""
    if settings.scenarios_dir is not None:
        return settings.scenarios_dir
    kind, _, path = settings.database_url.partition(":///")
    embedded = kind.startswith("sqlite") and path and path != ":memory:"
    return (Path(path).parent if embedded else Path("data")) / "scenarios"


class ScenarioShelf:
    """A `core.lessons.scenario.ScenarioSource` of the program's events and a folder of own ones."""

    def __init__(self, own: Path, packaged: ScenarioFiles | None = None) -> None:
        """Take the folder of own events, which need not be there; nothing is read yet."""
        self._own = own
        self._packaged = packaged or ScenarioFiles()
        self._stamps: Stamps | None = None
        self._headings: tuple[Heading, ...] = ()
        self._files: dict[str, ScenarioFiles] = {}
        self._left_out: dict[str, str] = {}

    def headings(self) -> tuple[Heading, ...]:
        """Return all events, oldest first; the same tuple while no own event has changed."""
        stamps = dict(self._seen())
        if stamps != self._stamps:
            self._read(stamps)
        return self._headings

    def scenario(self, id_: str) -> Scenario:
        """Return one event. Raises `LookupError`, and `ValueError` with the file and the fault."""
        self.headings()
        return self._files.get(id_, self._packaged).scenario(id_)

    def is_own(self, id_: str) -> bool:
        """Whether an event is a self-hoster's own."""
        self.headings()
        return id_ in self._files

    @property
    def left_out(self) -> Mapping[str, str]:
        """Own events that are broken: the fault by the name of the folder."""
        self.headings()
        return self._left_out

    def _seen(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """Yield every own folder with the stamp of its index; a hidden one is being written."""
        try:
            folders = sorted(each for each in self._own.iterdir() if each.is_dir())
        except OSError:
            return
        for folder in folders:
            if not folder.name.startswith("."):
                yield folder.name, _stamp(folder / INDEX)

    def _read(self, stamps: Stamps) -> None:
        """Read every own event whole, so that none fails once somebody plays it."""
        headings = {each.id: each for each in self._packaged.headings()}
        files: dict[str, ScenarioFiles] = {}
        left_out: dict[str, str] = {}
        for name in stamps:
            source = ScenarioFiles(self._own / name)
            try:
                headings[name] = _whole(source, name).heading
            except (ValueError, ArithmeticError) as fault:  # a year 9999 has no end
                left_out[name] = str(fault)
                log.warning("own scenario left out", scenario=name, fault=str(fault))
            else:
                files[name] = source
        self._files, self._left_out, self._stamps = files, left_out, stamps
        self._headings = tuple(headings[id_] for id_ in sorted(headings))


def _whole(source: ScenarioFiles, name: str) -> Scenario:
    """The one event of an own folder. Raises `ValueError`."""
    ids = [heading.id for heading in source.headings()]
    if ids != [name]:
        raise ValueError(f"{INDEX}: an own folder holds one event, of the folder's name")
    return source.scenario(name)


def _stamp(index: Path) -> tuple[int, int, int]:
    try:
        seen = index.stat()
    except OSError:
        return 0, 0, 0
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
