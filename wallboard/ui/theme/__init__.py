"""Colours and fonts as values. Nothing in here paints."""
