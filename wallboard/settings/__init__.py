"""What the user decided, and where this program keeps its files; secrets go to the keyring."""
