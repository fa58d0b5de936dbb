"""The picture of a TV: one painted widget that shows, turns over, and takes no commands."""
