"""The ports for real: database, files and what reads and writes them."""
