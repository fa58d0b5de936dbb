"""Where the boards of TVs are made: the parts of their page, and the values it speaks in."""
