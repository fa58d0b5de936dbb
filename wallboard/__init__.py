"""Wallboard: a call center as it is this second, on a desk or on a wall."""

VERSION = "0.1.0"
