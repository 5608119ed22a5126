"""Benchmarks: what `make bench` measures. Times live here, never in a test."""
