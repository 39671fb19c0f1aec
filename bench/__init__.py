"""Benchmarks beside plain Flask-SocketIO, on this machine and in one run."""
