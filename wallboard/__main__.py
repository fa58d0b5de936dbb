"""Runs the program: `python -m wallboard`."""

import sys

from wallboard.command_line import main

if __name__ == "__main__":
    sys.exit(main())
