"""Keeps facts; it does not know what they mean."""
