"""What we ran on and with, as every table says it."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

PACKAGES = (
    "flask",
    "flask-socketio",
    "python-socketio",
    "python-engineio",
    "eventlet",
    "gevent",
    "sqlalchemy",
    "jinja2",
    "orjson",
)
GIB = 1 << 30


def machine() -> str:
    """Return what we ran on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = (one.partition(":")[2].strip() for one in lines if "model name" in one)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return (
        f"{os.cpu_count()} × {next(named, platform.machine())}, {memory:.0f} GiB,"
        f" Linux {platform.release()}"
    )


def versions() -> str:
    """Return what we ran with."""
    packages = ", ".join(f"{one} {version(one)}" for one in PACKAGES)
    return (
        f"Python {platform.python_version()}, {packages},"
        f" SQLite {sqlite3.sqlite_version}"
    )
