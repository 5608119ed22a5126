"""Try every change of a questionnaire, on several processes, and say which ones nobody notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.workshop.case_file import Person
from engine.workshop.mutate.mutants import Mutant, mutants
from engine.workshop.mutate.noticed import Witnesses

Opening = Callable[[], tuple[Instrument, tuple[Person, ...], Directory | None]]


@dataclass(frozen=True, slots=True)
class Tried:
    """One change, whose it is and in words, and whether somebody notices it."""

    owner: str
    words: str
    noticed: bool


class _Trials:
    """What each process holds."""

    def __init__(self, opening: Opening) -> None:
        instrument, persons, directory = opening()
        self.mutants: list[Mutant] = list(mutants(instrument, directory))
        self.witnesses = Witnesses(instrument, persons, directory)

    def tried(self, place: int) -> Tried:
        one = self.mutants[place]
        return Tried(one.owner, one.words, self.witnesses.notice(one))


_HELD: list[_Trials] = []


def _hold(opening: Opening) -> None:
    _HELD[:] = [_Trials(opening)]


def _try(place: int) -> Tried:
    return _HELD[0].tried(place)


def tries(opening: Opening, *, jobs: int = 1) -> tuple[int, Iterator[Tried]]:
    """Return how many changes there are, and each as soon as it was tried, in the order of the file.

    `opening` gives the questionnaire, its cases and its directory, in every process anew.
    """
    _hold(opening)
    many = len(_HELD[0].mutants)
    return many, _tried(opening, many, jobs)


def _tried(opening: Opening, many: int, jobs: int) -> Iterator[Tried]:
    if jobs == 1:
        yield from map(_try, range(many))
        return
    with ProcessPoolExecutor(jobs, initializer=_hold, initargs=(opening,)) as pool:
        yield from pool.map(_try, range(many), chunksize=8)
