"""How another computer is reached: addresses read strictly, connections that end by a deadline.

Nothing here knows what is said over them.
"""
