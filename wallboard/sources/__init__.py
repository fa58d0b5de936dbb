"""One package a vendor, and what they share.

A vendor speaks its own protocol and knows no other vendor; nothing here draws or stores.
"""
