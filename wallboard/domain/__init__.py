"""The nouns of a call center as frozen values; nothing here acts, and nothing beyond the standard library is imported."""
