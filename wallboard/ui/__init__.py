"""Windows and pictures drawn from a board; no network, no files, no threads in here."""
