"""Papers: writes a report as a file that somebody opens: workbook, table, page, values.

Knows of calls only what the paper says, and asks nobody; no file is ever half of one.
"""
