"""The house rules that a machine can hold: sizes, floors, doors and words."""

import ast
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from exercise.settings import PREFIX, Settings
from tests.conftest import ROOT, OutsideRefused

PACKAGE = ROOT / "exercise"
MODULES = sorted(PACKAGE.rglob("*.py"))
LINES = 300

# Who may do what nobody else may.
SENDERS = {"exercise/web/direct.py"}
CLOCKS = {"exercise/adapters/ports_real.py"}
NODE_MAKERS = {"static/js/html.js"}
GREEN = ("exercise/engine/", "exercise/server.py")

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
# A letter in brackets keeps a pattern from finding itself.
UNFINISHED = re.compile(
    r"\b([T]ODO|[F]IXME|[X]XX|[N]otImplementedError)\b|[l]orem ipsum"
)
UNSAFE = re.compile(
    r"\|\s*[s]afe\b|[M]arkup\(|[i]nnerHTML|[o]uterHTML|[i]nsertAdjacentHTML"
    r"|[r]ender_template_string|[p]ickle|yaml\.[l]oad\("
)
REGISTRY = re.compile(
    r"[p]ypi\.org|files\.[p]ythonhosted|registry\.[n]pmjs|deb\.[d]ebian\.org"
)
MACHINE = re.compile(r"(?<![\w./-])/(?:[h]ome|[w]ork|[r]oot|[f]arm|[t]mp)/")
SINKS = re.compile(
    r"[i]nnerHTML|[o]uterHTML|[i]nsertAdjacentHTML|document\.write|DOMParser"
    r"|createContextualFragment|setHTML|\beval\(|new Function"
)
ASSIGNED = re.compile(r"\.(?:[i]nner|[o]uter)HTML|[i]nsertAdjacentHTML\(")
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|application/json))|\sstyle=|\son[a-z]+=\"|<style"
)
OTHER_ORIGIN = re.compile(
    r"(?:src|href|action)=[\"']?(?:https?:)?//|url\([\"']?https?:"
)
EMITS = re.compile(r"(?:^|\.)emit$|(?:socketio|sio)\.send$")
WALL_CLOCK = re.compile(
    r"(?:^|\.)(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time(?:_ns)?)$"
)

# The physical sides of a box; a right-to-left page needs start and end.
PHYSICAL = re.compile(
    r"(?:^|[\s{;])(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b[\w-]*"
    r"|(?:left|right|top|bottom)"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
MEDIA = re.compile(r"@(?:media|container)[^{]*")


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), name(file))


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def called(file: Path) -> Iterator[str]:
    """Yield each call as written: `datetime.now`, `socketio.emit`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@cache
def kept() -> tuple[Path, ...]:
    """Return the files that a clone has, vendored ones apart."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    files = (ROOT / each for each in listed if not each.startswith("static/vendor/"))
    return tuple(file for file in files if file.is_file())


def lines_with(pattern: re.Pattern[str], files: Iterator[Path]) -> list[str]:
    found = []
    for file in files:
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{name(file)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


def under(*folders: str) -> Iterator[Path]:
    return (file for file in kept() if name(file).startswith(folders))


# --- Size and names -------------------------------------------------------------


def test_no_module_is_longer_than_the_cap() -> None:
    long = {
        name(file): length
        for file in MODULES
        if (length := len(file.read_text("utf-8").splitlines())) > LINES
    }
    assert not long


def test_every_module_says_what_it_is_in_one_sentence() -> None:
    loose = []
    for file in MODULES:
        first = (ast.get_docstring(tree(file)) or "").partition("\n\n")[0]
        sentence = " ".join(first.split())
        if not sentence.endswith((".", ":")) or re.search(r"[.!?] [A-Z]", sentence):
            loose.append(name(file))
    assert not loose


def test_no_module_has_an_empty_name() -> None:
    assert not [name(file) for file in MODULES if file.stem in EMPTY_NAMES]


# --- Floors ---------------------------------------------------------------------


@pytest.mark.parametrize("floor", ["domain", "service"])
def test_rules_and_use_cases_import_the_standard_library_only(floor: str) -> None:
    # A map that grows with the exercise is copied on every command unless it shares.
    allowed = sys.stdlib_module_names | {"exercise", "immutables"}
    outside = {
        f"{name(file)}: {module}"
        for file in (PACKAGE / floor).rglob("*.py")
        for module in imports(file)
        if module.partition(".")[0] not in allowed
    }
    assert not outside


def test_domain_annotations_are_values() -> None:
    # pydantic reads them from the dataclasses; as strings it cannot.
    postponed = [
        name(file)
        for file in (PACKAGE / "domain").rglob("*.py")
        if "__future__" in imports(file)
    ]
    assert not postponed


def test_green_threads_are_imported_by_engine_and_server_only() -> None:
    green = {
        name(file)
        for file in MODULES
        if {"eventlet", "gevent"} & {each.partition(".")[0] for each in imports(file)}
    }
    assert not {each for each in green if not each.startswith(GREEN)}


def test_every_part_of_the_package_has_its_floor(project: dict[str, Any]) -> None:
    floors = project["tool"]["importlinter"]["contracts"][0]
    layers = re.findall(r"\w+", " ".join(floors["layers"]))
    parts = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert parts - {"__init__"} <= set(layers)


def test_commands_without_a_server_load_no_framework() -> None:
    script = (
        "import sys, exercise.cli, exercise.offline;"
        "print({'flask', 'eventlet', 'gevent', 'socketio'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == "set()", said.stderr


# --- Doors ----------------------------------------------------------------------


def test_one_module_sends() -> None:
    # `emit(to=[])` reaches everyone; the one door refuses it.
    assert not calls_outside(EMITS, SENDERS)
    assert not [name(file) for file in MODULES if sends_by_name(file)]


def sends_by_name(file: Path) -> set[str]:
    """Return the sending functions that a module takes out of Flask-SocketIO."""
    return {
        alias.name
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and node.module == "flask_socketio"
        for alias in node.names
    } & {"emit", "send"}


def test_one_module_reads_the_clock() -> None:
    assert not calls_outside(WALL_CLOCK, CLOCKS)


def calls_outside(pattern: re.Pattern[str], allowed: set[str]) -> set[str]:
    return {
        f"{name(file)}: {call}"
        for file in MODULES
        for call in called(file)
        if pattern.search(call) and name(file) not in allowed
    }


@pytest.mark.parametrize("call", ["emit", "socketio.emit", "server.emit", "sio.send"])
def test_a_second_sender_is_found(call: str) -> None:
    assert EMITS.search(call)


@pytest.mark.parametrize("call", ["datetime.now", "time.time", "dt.datetime.utcnow"])
def test_a_second_clock_is_found(call: str) -> None:
    assert WALL_CLOCK.search(call)


def test_one_script_turns_text_into_nodes() -> None:
    scripts = (file for file in under("static/js/") if name(file) not in NODE_MAKERS)
    assert not lines_with(SINKS, scripts)


def test_nothing_bypasses_escaping() -> None:
    assert not lines_with(UNSAFE, under("exercise/", "templates/"))
    # html.js knows the words, which htmx's out-of-band rules use, but no such door.
    assert not lines_with(ASSIGNED, under("static/js/"))


def test_no_page_has_inline_script_or_style() -> None:
    assert not lines_with(INLINE, under("templates/"))


@pytest.mark.parametrize(
    "planted",
    ["<script>go()</script>", '<p style="x">', '<b onclick="go()">', "<style>"],
)
def test_inline_script_and_style_are_found(planted: str) -> None:
    assert INLINE.search(planted)


def test_no_page_asks_another_origin() -> None:
    assert not lines_with(OTHER_ORIGIN, under("templates/", "static/css/"))


# --- Style sheets ---------------------------------------------------------------


def test_style_sheets_use_logical_properties() -> None:
    physical = []
    for file in under("static/css/"):
        text = MEDIA.sub("", CSS_COMMENT.sub("", file.read_text("utf-8")))
        physical += [f"{name(file)}: {hit.strip()}" for hit in PHYSICAL.findall(text)]
    assert not physical


@pytest.mark.parametrize(
    "planted",
    [
        "a { margin-left: 1px }",
        "b{left:0}",
        "i { text-align: right }",
        "u {width: 4px}",
    ],
)
def test_a_physical_property_is_found(planted: str) -> None:
    assert PHYSICAL.search(planted)


@pytest.mark.parametrize(
    "logical",
    ["a { margin-inline-start: 1px }", "i { text-align: end }", "u {inline-size: 4px}"],
)
def test_a_logical_property_passes(logical: str) -> None:
    assert not PHYSICAL.search(logical)


# --- The tests themselves -------------------------------------------------------


@pytest.mark.parametrize("host", ["192.0.2.1", "exercise.example.org"])
def test_no_test_reaches_another_machine(host: str) -> None:
    with pytest.raises(OutsideRefused):
        socket.create_connection((host, 80), timeout=1)


@pytest.mark.services
def test_a_test_gets_a_database_and_a_redis_of_this_machine(
    postgresql_url: str, redis_url: str
) -> None:
    with psycopg.connect(postgresql_url) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)
    assert redis_url.startswith("redis://")


# --- The tree -------------------------------------------------------------------


def test_nothing_is_left_unfinished() -> None:
    ours = under("exercise/", "templates/", "static/", "injects/", "bench/", "docs/")
    assert not lines_with(UNFINISHED, ours)


def test_no_registry_and_no_folder_of_one_machine_is_named() -> None:
    ours = [file for file in kept() if file != Path(__file__)]
    assert not lines_with(REGISTRY, iter(ours))
    # A throwaway folder may be named in a guide, never in code.
    code = (
        file for file in ours if name(file).startswith(("exercise/", "requirements/"))
    )
    assert not lines_with(MACHINE, code)


def test_the_makefile_offers_what_the_house_promises() -> None:
    offered = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    promised = "demo test faults attack engines bench lint types lock wheelhouse"
    assert set(promised.split()) <= offered


def test_what_the_readme_tells_people_to_run_is_what_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(r"^(?:\$ )?make (demo|test)\b", readme, re.MULTILINE)[:2] == [
        "demo",
        "test",
    ]
    assert re.search(
        r"^make test$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE
    )


def settings_table() -> str:
    """Return the table of settings as docs/operations.md prints it."""
    rows = ["| variable | default | takes | does |", "| --- | --- | --- | --- |"]
    for field, about in Settings.model_fields.items():
        default = about.get_default(call_default_factory=False)
        shown = {
            "data": "`~/.local/share/detente`",
            "database_url": "`detente.db` in the data folder",
        }.get(field, f"`{default}`" if default else "")
        cells = (f"`{PREFIX}{field.upper()}`", shown, about.title, about.description)
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def test_operations_lists_every_setting_as_it_is() -> None:
    assert settings_table() in (ROOT / "docs/operations.md").read_text("utf-8")
