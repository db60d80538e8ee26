"""The folder on disk, and everything that one asks of it."""
