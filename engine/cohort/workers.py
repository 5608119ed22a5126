"""Blocks scored by several processes of this machine, in order and with few blocks under way at any time."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager

import pyarrow as pa

from engine.cohort.flat import Given
from engine.cohort.scorer import Refusal, Scorer
from engine.cohort.sources import Block
from engine.format.instrument import Instrument

Scored = tuple[list[pa.RecordBatch], list[Refusal], int]  # of one block, with its size

_SCORER: list[Scorer] = []  # of a worker: one


def scored_here(scorer: Scorer, blocks: Iterable[Block]) -> Generator[Scored]:
    """Score the blocks in this process."""
    for block in blocks:
        yield (*scorer.score(block.batch), block.size)


def scored_by_workers(instrument: Instrument, given: Given, blocks: Iterable[Block], jobs: int) -> Generator[Scored]:
    """Score the blocks in so many processes, which end with the iterator."""
    packed = pickle.dumps((instrument, given))
    start = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=start, initializer=_begin, initargs=(packed,))
    waiting: deque[tuple[Future[tuple[bytes, list[Refusal]]], int]] = deque()
    try:
        for block in blocks:
            with _interrupts_left_to_us():
                waiting.append((pool.submit(_score, _packed([block.batch])), block.size))
            if len(waiting) > jobs:
                yield _taken(*waiting.popleft())
        while waiting:
            yield _taken(*waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_left_to_us() -> Iterator[None]:
    """A process started in here does not hear Ctrl-C: the one that started it does, and ends it."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, so nobody presses Ctrl-C here
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(packed: bytes) -> None:
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    _SCORER[:] = [Scorer(*pickle.loads(packed))]  # noqa: S301  from the process that started this one


def _score(packed: bytes) -> tuple[bytes, list[Refusal]]:
    batches: list[pa.RecordBatch] = []
    refused: list[Refusal] = []
    for block in _unpacked(packed):
        scored, bad = _SCORER[0].score(block)
        batches += scored
        refused += bad
    return _packed(batches), refused


def _taken(future: Future[tuple[bytes, list[Refusal]]], size: int) -> Scored:
    packed, refused = future.result()
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
