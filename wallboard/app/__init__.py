"""Where everything is put together: the real clock, the real sources, the real window.

Nothing is decided here. This plate by the door imports the clock alone: a source's process lives
from this room too, and what it imported of boards and windows it would hold for as long as it runs.
"""

from wallboard.app.clock import MachineZone, system_clock, zone_called

__all__ = ["MachineZone", "system_clock", "zone_called"]
