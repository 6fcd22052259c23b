"""Desks: where synchronous work is done while the platforms' loop goes on.

One writer desk has one thread, so whatever writes happens in the order it was asked for; jobs that
wait together are kept together, with one wait for the disk. A reader desk has a few threads. A desk
has room for so many jobs: a full one says `Busy` at once instead of letting people wait for
minutes. Every job reckons under `EXACT`, in which money cannot meet a float.

A thread pool of the standard library would do the same at about twice the price of handing a job
over and back (measured on two cores: 45 to 110 microseconds against 32 to 60).
"""

import asyncio
import contextvars
import decimal
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, Generic, TypeVar

from core.money import EXACT
from core.ports import Books, Units

T = TypeVar("T")
Group = Callable[[], AbstractContextManager[None]]
"""Opens what several writing jobs are done in together."""

TOGETHER = 64
"""Jobs done in one group at most."""

_may_write = contextvars.ContextVar("may_write", default=False)


class Busy(Exception):
    """The desk is full, or closed for the night: try again in a moment."""


class NotDeclared(RuntimeError):
    """A job asked to write that was handed in as one that reads."""


class _Task(Generic[T]):
    """A job on its way to a desk and back to the loop that waits for it."""

    def __init__(self, job: Callable[[], T], *, writes: bool) -> None:
        """Remember who asks: the running loop, and the caller's context variables."""
        self._job = job
        self._writes = writes
        self._context = contextvars.copy_context()
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[T] = self.loop.create_future()

    def do(self) -> Callable[[], None]:
        """Do the job, unless nobody waits for it any more; return how to tell what came of it.

        The news is told in the loop that waits.
        """
        if self.future.cancelled():
            return _tell_nobody
        try:
            result = self._context.run(self._exactly)
        except BaseException as fault:  # noqa: BLE001 - it is handed on to whoever waits
            return partial(self._fail, fault)
        return partial(self._succeed, result)

    def failed(self, fault: BaseException) -> Callable[[], None]:
        """Return how to tell that it came to nothing after all."""
        return partial(self._fail, fault)

    def _exactly(self) -> T:
        _may_write.set(self._writes)
        with decimal.localcontext(EXACT):
            return self._job()

    def _succeed(self, result: T) -> None:
        if not self.future.done():
            self.future.set_result(result)

    def _fail(self, fault: BaseException) -> None:
        if self.future.done():
            return
        if isinstance(fault, StopIteration):  # a future cannot carry it
            fault = RuntimeError("a job raised StopIteration")
        self.future.set_exception(fault)


def _tell_nobody() -> None:
    """Nobody waits."""


def _tell(tasks: "Iterable[_Task[Any]]", news: Iterable[Callable[[], None]]) -> None:
    """Tell everybody at once: waking a loop costs more than what it is told."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Callable[[], None]]] = {}
    for task, tell in zip(tasks, news, strict=True):
        by_loop.setdefault(task.loop, []).append(tell)
    for loop, tells in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(_run_all, tells)


def _run_all(tells: Iterable[Callable[[], None]]) -> None:
    for tell in tells:
        tell()


class _Desk:
    """Some threads, and a limit to the jobs that wait or run."""

    def __init__(self, name: str, threads: int, limit: int, group: Group | None = None) -> None:
        """`limit` counts the jobs that run together with those that wait.

        With a `group`, jobs that wait together are done in one, and told of when it has ended well.
        """
        self._group = group
        self._room = BoundedSemaphore(limit)
        self._waiting: SimpleQueue[_Task[Any] | None] = SimpleQueue()
        self._door = Lock()
        self._open = True
        # Daemons, so that a program that fails before it closes its desks still ends.
        self._threads = [
            Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, task: _Task[Any]) -> None:
        """Hand something in. Raises `Busy`."""
        with self._door:
            if not self._open or not self._room.acquire(blocking=False):
                raise Busy
            self._waiting.put(task)

    def close(self) -> None:
        """Finish what was handed in, then let the threads go."""
        with self._door:
            self._open = False
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while task := self._waiting.get():
            tasks = [task] if self._group is None else [task, *self._others()]
            news = [task.do()] if self._group is None else self._together(tasks, self._group)
            # Room first: whoever hears the result may come back with the next job at once.
            self._room.release(len(tasks))
            _tell(tasks, news)

    def _others(self) -> Iterator["_Task[Any]"]:
        """Whatever else waits now, but the sign to go home."""
        with suppress(Empty):
            for _ in range(TOGETHER - 1):
                task = self._waiting.get_nowait()
                if task is None:
                    self._waiting.put(None)
                    return
                yield task

    @staticmethod
    def _together(tasks: "list[_Task[Any]]", group: Group) -> list[Callable[[], None]]:
        """Do jobs in one group; where it fails as a whole, none of them has happened."""
        try:
            with group():
                return [task.do() for task in tasks]
        except Exception as fault:  # noqa: BLE001 - it is handed on to whoever waits
            return [task.failed(fault) for task in tasks]


class Desks:
    """The writer desk and the reader desk; one object for the whole program."""

    def __init__(
        self, reader_threads: int = 2, limit: int = 512, group: Group | None = None
    ) -> None:
        """`limit` jobs each desk has room for; `group` is the writer's.

        A whole group may press at once, and Telegram brings 256 updates together.
        """
        self._writer = _Desk("writer", 1, limit, group)
        self._reader = _Desk("reader", reader_threads, limit)

    async def run(self, job: Callable[[], T], *, writes: bool) -> T:
        """Do a job at its desk and return what it returns, or raise what it raises.

        The job sees the caller's context variables. Raises `Busy`. If the caller stops waiting, a
        job that has not begun is dropped, and one that has begun is finished.
        """
        task = _Task(job, writes=writes)
        (self._writer if writes else self._reader).put(task)
        return await task.future

    def close(self) -> None:
        """Finish every job that was handed in; new ones are answered with `Busy`."""
        self._writer.close()
        self._reader.close()


class DeskUnits:
    """Units of work for jobs at a desk: only one that was declared as writing may write."""

    def __init__(self, units: Units) -> None:
        """Take the units of work that are guarded."""
        self._units = units

    def reading(self) -> AbstractContextManager[Books]:
        """Open a snapshot."""
        return self._units.reading()

    def group(self) -> AbstractContextManager[None]:
        """Make one transaction of all units of a block."""
        return self._units.group()

    @contextmanager
    def writing(self) -> Iterator[Books]:
        """Open the one writing transaction. Raises `NotDeclared` outside a writing job."""
        if not _may_write.get():
            raise NotDeclared("declare the command with writes=True")
        with self._units.writing() as books:
            yield books
