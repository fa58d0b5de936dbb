"""What stands around every page of the board: bar, rail, notices, status line; and the pages."""
