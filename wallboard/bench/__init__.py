"""Measures the program against the stock way of building it; nothing here is used by the program."""
