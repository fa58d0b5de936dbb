"""Processes, loops and effects around the pure floors; nothing is decided about calls in here."""
