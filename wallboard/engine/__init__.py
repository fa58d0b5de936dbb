"""What follows from what is known: figures, freshness, order.

No Qt, network, disk, clock or chance in here.
"""
