"""A report as pages: laid out once, then painted into a PDF or on the screen by the same hand.

It reads no history and knows no report, only the paper that is to be printed.
"""
