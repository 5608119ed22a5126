"""Blocks scored by several processes of this machine, in order and with few blocks under way at any time."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.resource_tracker import ensure_running

import pyarrow as pa

from engine.cohort.flat import Given
from engine.cohort.scorer import Refusal, Scorer
from engine.cohort.sheet import UnusableFile
from engine.cohort.sources import Block
from engine.format.instrument import Instrument

Scored = tuple[list[pa.RecordBatch], list[Refusal], int]  # of one block, with its size


def scored_here(scorer: Scorer, blocks: Iterable[Block]) -> Generator[Scored]:
    """Score the blocks in this process."""
    for block in blocks:
        yield (*scorer.score(block.batch), block.size)


def scored_by_workers(instrument: Instrument, given: Given, blocks: Iterable[Block], jobs: int) -> Generator[Scored]:
    """Score the blocks in so many processes, which end with the iterator. Each has one block at a time, in turn."""
    spawn = multiprocessing.get_context("spawn")
    begun = pickle.dumps((instrument, given))
    pairs = [spawn.Pipe() for _ in range(jobs)]
    workers = [spawn.Process(target=_work, args=(theirs,), daemon=True) for _, theirs in pairs]
    under_way: deque[tuple[Connection, int]] = deque()
    try:
        with _interrupts_held():
            for worker in workers:
                worker.start()
        for ours, theirs in pairs:
            theirs.close()  # so that the end of a worker is seen here
            ours.send_bytes(begun)
        for place, block in enumerate(blocks):
            ours, done = pairs[place % jobs][0], None
            if len(under_way) == jobs:
                done = _taken(*under_way.popleft())
            ours.send_bytes(_packed([block.batch]))
            under_way.append((ours, block.size))
            if done is not None:
                yield done
        while under_way:
            yield _taken(*under_way.popleft())
    except (EOFError, ConnectionError):
        raise UnusableFile("A process that was scoring ended; perhaps there is not enough memory.") from None
    finally:
        for (ours, _), worker in zip(pairs, workers, strict=True):
            ours.close()
            if worker.pid is not None:
                worker.terminate()
                worker.join()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment. A process started in here never hears it: the one that started it does, once the
    moment is over, and ends it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows has none: there each process hears Ctrl-C
        yield
        return
    ensure_running()  # started with the first process, it would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(theirs: Connection) -> None:
    """Score one block after another until there are no more."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with suppress(EOFError, ConnectionError):
        scorer = Scorer(*pickle.loads(theirs.recv_bytes()))  # noqa: S301  from the process that started this one
        while True:
            _score(scorer, theirs)


def _score(scorer: Scorer, theirs: Connection) -> None:
    batches: list[pa.RecordBatch] = []
    refused: list[Refusal] = []
    for block in _unpacked(theirs.recv_bytes()):
        scored, bad = scorer.score(block)
        batches += scored
        refused += bad
    theirs.send_bytes(_packed(batches))
    theirs.send(refused)


def _taken(ours: Connection, size: int) -> Scored:
    packed = ours.recv_bytes()
    refused: list[Refusal] = ours.recv()
    return list(_unpacked(packed)), refused, size


def _packed(batches: list[pa.RecordBatch]) -> bytes:
    if not batches:
        return b""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpacked(packed: bytes) -> Iterator[pa.RecordBatch]:
    if packed:
        yield from pa.ipc.open_stream(packed)
