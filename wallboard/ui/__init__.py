"""The windows: a board comes in, pixels and wishes go out.

Nothing in here asks a source, keeps a secret, reads a setting or starts a thread.
"""
