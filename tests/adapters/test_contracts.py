"""The ports' contracts, on memory, SQLite and PostgreSQL alike."""

from tests.adapters.contract_directory import *  # noqa: F403 - each test is a promise
from tests.adapters.contract_timeline import *  # noqa: F403 - each test is a promise
