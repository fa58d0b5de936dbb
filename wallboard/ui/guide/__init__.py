"""The user guide: its chapters as values, how they are read and how they are set on a page.

Nothing here opens a file or a connection: what is shown was handed over, and is plain text.
"""
