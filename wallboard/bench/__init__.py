"""Measures the program against the stock way of building it; the program uses nothing of it."""

from wallboard.bench.program import TARGETS, TargetUnknown, main

__all__ = ["TARGETS", "TargetUnknown", "main"]
