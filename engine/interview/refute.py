"""Look for somebody of whom the given answers are known, and of whom something about an outcome does not hold.

Where every two-way item of an outcome has one value its ends are those of the worlds (the chain rule). So once such a
record leaves a level possible, no assessment of one that says less excludes it, and a single run has shown it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from engine.interview.split import Move, Way, moved
from engine.program.compiler import Compiled, Program

MOST_FORGOTTEN = 16  # two-way items: with more, it takes longer to look for somebody than to run through the items
Holds = Callable[[tuple[Any, ...]], bool]


class Refuter:
    """Tries to refute one thing again and again, with other answers known; what helped before is tried first."""

    def __init__(
        self,
        program: Program,
        holds: Holds,
        nobody: list[Any],
        moves: Mapping[str, list[Move]],
    ) -> None:
        """`holds` judges the results of the outcome's own program; `nobody` are its arguments when nothing is known,
        and `moves` values of each two-way item that is open then.
        """
        self._run, self._holds, self._nobody, self._moves = program.run, holds, nobody, moves
        self._person, self._tried = nobody, set[str]()
        for each in moves.values():
            self._person = moved(self._person, each[0])

    def refutes(self, items: Container[str], known: Move) -> bool:
        """Whether somebody was found of whom just the answers to these items are known, which stand at these places;
        if not there may be somebody all the same.
        """
        person = moved(self._person, known)
        if not self._holds(self._run(*person)):
            return True
        forgotten = [name for name in self._moves if name not in items]
        if len(forgotten) > MOST_FORGOTTEN:
            return False
        return self._by_one(person, forgotten) or self._by_each(moved(self._nobody, known), forgotten)

    def _by_one(self, person: list[Any], forgotten: Sequence[str]) -> bool:
        """Change what is said to a single item that was not thought about before."""
        for name in forgotten:
            if name not in self._tried:
                self._tried.add(name)
                for move in self._moves[name]:
                    if not self._holds(self._run(*moved(person, move))):
                        self._person = moved(self._person, move)
                        return True
        return False

    def _by_each(self, arguments: list[Any], forgotten: Sequence[str]) -> bool:
        """Give one item after another a value with which it does not hold yet."""
        helped: Move = []
        for name in forgotten:
            for move in self._moves[name]:
                tried = moved(arguments, move)
                if not self._holds(self._run(*tried)):
                    arguments, helped = tried, helped + move
                    break
            else:
                return False
        self._person = moved(self._person, helped)
        return True


def refuter(
    compiled: Compiled, outcome: str, program: Program, said: tuple[list[Any], Move], holds: Holds
) -> Refuter | None:
    """Return what refutes something about an outcome; `said` are the program's arguments when nothing is known, and
    what stands at their places when everything that was answered is.

    None where giving the two-way items values does not make the outcome's ends exact: of entries single values are not
    to be had, open points stay open, and so does what was answered only in part.
    """
    items, place, (nobody, answers) = compiled.two_way[outcome], program.places, said
    if compiled.beyond[outcome] or any(item.kind == "entries" for item in items):
        return None
    ways = [Way(item, place, place) for item in items if place.keys() >= {*item.arguments}]
    answered, person = {at for at, _ in answers}, moved(nobody, answers)
    if any(answered.intersection(way.places) and way.moves(person) is not None for way in ways):
        return None
    return Refuter(program, holds, nobody, {way.item.name: way.extremes(nobody) or [[]] for way in ways})
