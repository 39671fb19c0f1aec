"""What the product does not have and cannot be attacked by, read from its source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import exercise
from exercise.documents.pdf import AddressRefused, refused

pytestmark = pytest.mark.attack

SOURCE = Path(exercise.__file__).parent
# Readers that build objects, follow entities or unpack more than they were given.
READERS = frozenset(
    {"pickle", "marshal", "shelve", "dill", "yaml", "ruamel", "xml", "lxml",
     "defusedxml", "tarfile", "bz2", "lzma", "ctypes"}
)  # fmt: skip
MAY_READ = {"workers.py": ("ctypes", "the kernel ends workers with their parent")}
# Writes, and reads nothing.
ESCAPES = "xml.sax.saxutils"
# What speaks to other machines; whoever may is named here.
SPEAKERS = frozenset(
    {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib",
     "smtplib", "telnetlib", "xmlrpc", "ldap", "ldap3", "memcache", "websocket"}
)  # fmt: skip
MAY_SPEAK = {"loadtest.py": "a client for a server of one's own"}
CALLS = frozenset({"eval", "exec", "compile", "__import__"})
ATTRIBUTES = frozenset({"system", "popen", "render_template_string", "from_string"})
MAY_START = {"jobs.py": "reports are made in a process of their own, without a shell"}


def trees(source: Path = SOURCE) -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(source.rglob("*.py")):
        yield file, ast.parse(file.read_text("utf-8"))


def imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module}
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return found


def breaches(file: Path, tree: ast.Module) -> list[str]:
    """Return what a module does that none of ours does."""
    names = imported(tree)
    let = MAY_READ.get(file.name, ("", ""))[0]
    read = [
        one
        for one in names
        if one.partition(".")[0] in READERS and one.partition(".")[0] != let
    ]
    found = [one for one in read if not one.startswith(ESCAPES)]
    if file.name not in MAY_SPEAK:
        spoken = {one for one in names for word in SPEAKERS if _is(one, word)}
        found += sorted(spoken)
    if "subprocess" in names and file.name not in MAY_START:
        found.append("subprocess")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += _called(node)
    return found


def _is(name: str, word: str) -> bool:
    return name == word or name.startswith(f"{word}.")


def _called(node: ast.Call) -> list[str]:
    function = node.func
    found = [f"{one.arg}=…" for one in node.keywords if _is_shell(one)]
    if isinstance(function, ast.Name) and function.id in CALLS:
        found.append(function.id)
    if isinstance(function, ast.Attribute) and function.attr in ATTRIBUTES:
        # A template of nothing but our own letters is no template of anybody's.
        found += [] if _is_plain(node) else [function.attr]
    return found


def _is_plain(node: ast.Call) -> bool:
    return bool(node.args) and all(isinstance(one, ast.Constant) for one in node.args)


def _is_shell(one: ast.keyword) -> bool:
    return one.arg == "shell" and not (
        isinstance(one.value, ast.Constant) and one.value.value is False
    )


def test_nothing_builds_objects_runs_words_or_calls_out() -> None:
    found = {str(file): breaches(file, tree) for file, tree in trees()}
    assert not {file: what for file, what in found.items() if what}


@pytest.mark.parametrize(
    "planted",
    [
        "import pickle",
        "from yaml import load",
        "import xml.etree.ElementTree as tree",
        "from urllib import request",
        "import urllib.request",
        "from http.client import HTTPConnection",
        "import subprocess",
        "eval(given)",
        "os.system(given)",
        "run(words, shell=True)",
        "environment.from_string(given)",
    ],
)
def test_each_of_them_would_be_found(planted: str) -> None:
    assert breaches(Path("planted.py"), ast.parse(planted))


def test_what_may_speak_or_start_is_still_there() -> None:
    files = {file.name for file, _ in trees()}
    assert {*MAY_SPEAK, *MAY_START, *MAY_READ} <= files


# Statements that hold a word of the code's own, which takes no parameter there.
OF_OURS = frozenset(
    {
        "f'PRAGMA {pragma}'",
        "f'PRAGMA {PATIENCE}'",
        "f'BEGIN {mode}'",
        "f'LISTEN {CHANNEL}'",
        "f'SET LOCAL {limit} = 0'",
    }
)


def test_sql_is_made_of_parts_and_never_of_words() -> None:
    """No text that anybody gave is written into a statement."""
    for file, tree in trees(SOURCE / "adapters"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr not in {"execute", "exec_driver_sql", "text"}:
                    continue
                first = node.args[0] if node.args else None
                made = ast.unparse(first) if first else ""
                is_built = isinstance(first, ast.JoinedStr | ast.BinOp)
                assert not is_built or made in OF_OURS, (file.name, made)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
        "https://example.org/x.png",
        "data:text/html,<script>",
        "//host/share",
    ],
)
def test_a_printed_report_fetches_nothing(url: str) -> None:
    with pytest.raises(AddressRefused):
        refused(url)
