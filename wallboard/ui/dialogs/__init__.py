"""Windows that ask something. They tell what was entered and do nothing about it."""
