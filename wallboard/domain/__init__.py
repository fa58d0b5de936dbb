"""The nouns of a call center as frozen values.

Nothing here acts, and nothing beyond the standard library is imported.
"""
