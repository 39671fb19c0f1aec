"""Scenario folders that were made to hurt: refused in words, soon, and small."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from exercise.adapters.scenario_files import ScenarioRefused, check, library, load
from tests.attack.conftest import Tally
from tests.conftest import ROOT

pytestmark = pytest.mark.attack
CORPUS = "scenario folders"

Bomb = Callable[[Path], object]

# One runaway reading would take all of these; an honest one takes a tenth.
CPU_S = 30
MEMORY = 1 << 30
HEAD = 'id = "bomb"\ntitle = "Bomb"\n'


def written(text: str | bytes, file: str = "scenario.toml") -> Bomb:
    data = text.encode() if isinstance(text, str) else text
    return lambda folder: (folder / file).write_bytes(data)


def inject(text: str | bytes) -> Bomb:
    def write(folder: Path) -> None:
        written(HEAD)(folder)
        written(text, "01-bomb.toml")(folder)

    return write


def linked(target: str) -> Bomb:
    return lambda folder: (folder / "scenario.toml").symlink_to(target)


def inject_linked(target: str) -> Bomb:
    def write(folder: Path) -> None:
        written(HEAD)(folder)
        (folder / "01-bomb.toml").symlink_to(target)

    return write


def looped(folder: Path) -> None:
    (folder / "scenario.toml").symlink_to("scenario.toml")


def piped(folder: Path) -> None:
    """Nobody ever writes into this pipe, so whoever reads it waits for ever."""
    os.mkfifo(folder / "scenario.toml")


def inject_piped(folder: Path) -> None:
    written(HEAD)(folder)
    os.mkfifo(folder / "01-bomb.toml")


def crowded(folder: Path) -> None:
    written(HEAD)(folder)
    for number in range(2_000):
        written("", f"{number:04}-x.toml")(folder)


def hollow(folder: Path) -> None:
    """A file of a gigabyte that takes no room on the disk."""
    with (folder / "scenario.toml").open("wb") as file:
        file.truncate(1 << 30)


def hollow_attachment(folder: Path) -> None:
    inject(
        'id = "x"\nnumber = "1"\ntitle = "x"\nat = "T+0:01"\nchannel = "wire"\n'
        'audience = ["A"]\nbody = "x"\n'
        f'[[attachments]]\nfile = "big"\nsha256 = "{"0" * 64}"\nbytes = 1\n'
    )(folder)
    with (folder / "big").open("wb") as file:
        file.truncate(8 << 30)


def folders(folder: Path) -> None:
    (folder / "scenario.toml").mkdir()
    (folder / "01-bomb.toml").mkdir()


def oddly_named(folder: Path) -> None:
    written(HEAD)(folder)
    for name in (b"01-\xff\xfe.toml", b"02-a\nb.toml", b"03-\x1b[2J.toml", b"-rf.toml"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(b"")


BOMBS: dict[str, Bomb] = {
    "nothing": lambda _folder: None,
    "empty": written(""),
    "NUL": written(HEAD + 'summary = "a\x00b"'),
    "escaped NUL": written(HEAD + r'summary = "a\u0000b"'),
    "NULs": written(b"\x00" * 100_000),
    "half a character": written(HEAD + r'summary = "\ud800"'),
    "no UTF-8": written(b'id = "\xff\xfe"'),
    "UTF-16": written(HEAD.encode("utf-16")),
    "a mark of order": written(b"\xef\xbb\xbf" + HEAD.encode()),
    "10 MB line": written(HEAD + 'summary = "' + "x" * 10_000_000 + '"'),
    "1.9 MB line": written(HEAD + 'summary = "' + "x" * 1_900_000 + '"'),
    "1.9 MB of comment": written(HEAD + "#" * 1_900_000),
    "1.9 MB of lines": written(HEAD + "\n" * 1_900_000),
    "deep lists": written(HEAD + "x = " + "[" * 100_000 + "]" * 100_000),
    "deep lists, open": written(HEAD + "x = " + "[" * 500_000),
    "deep tables": written(HEAD + "x = " + "{a=" * 50_000 + "1" + "}" * 50_000),
    "deep keys": written(HEAD + ".".join(["a"] * 100_000) + " = 1"),
    "deep header": written("[" + ".".join(["a"] * 100_000) + "]"),
    "many headers": written("".join(f"[a.b{n}]\n" for n in range(60_000))),
    "many tables": written(HEAD + "[[injects]]\n" * 100_000),
    "many delegations": written(HEAD + '[[delegations]]\nid = "A"\n' * 10_000),
    "many keys": written("".join(f"k{n} = 1\n" for n in range(60_000))),
    "long number": written(HEAD + "duration = " + "9" * 100_000),
    "long hex": written(HEAD + "duration = 0x" + "f" * 1_000_000),
    "floats": written(HEAD + "a = nan\nb = inf\nc = 1e400\n"),
    "dates": written(HEAD + "story_start = 0001-01-01T00:00:00+23:59\n"),
    "wrong types": written("id = []\ntitle = {}\ndelegations = 3\ninjects = true\n"),
    "wrong inside": written(HEAD + "delegations = [1, [2], {}]\nphases = [[]]\n"),
    "long time": written(HEAD + 'duration = "T+' + "9" * 10_000 + ':00"'),
    "markup": written('id = "<script>"\ntitle = "\x1b[2J{0}{title}%s"'),
    "climbing id": written('id = "../../etc/passwd"\ntitle = "x"'),
    "deep condition": inject('when = "' + "(" * 100_000 + '"'),
    "not not not": inject('when = "' + "not " * 20_000 + 'rung >= 4"'),
    "and and and": inject('when = "' + "rung >= 4 and " * 20_000 + 'rung >= 4"'),
    "deep inject": inject("x = " + "[" * 100_000 + "]" * 100_000),
    "climbing file": inject(
        '[[attachments]]\nfile = "../../../etc/passwd"\nsha256 = "x"\nbytes = 1\n'
    ),
    "absolute file": inject(
        '[[attachments]]\nfile = "/etc/passwd"\nsha256 = "x"\nbytes = 1\n'
    ),
    "endless file": inject(
        '[[attachments]]\nfile = "/dev/zero"\nsha256 = "x"\nbytes = 1\n'
    ),
    "NUL in a name": inject(
        '[[attachments]]\nfile = "a\\u0000b"\nsha256 = "x"\nbytes = 1\n'
    ),
    "hollow file": hollow_attachment,
    "link to itself": looped,
    "link to nothing": linked("/nothing/here"),
    "link to a secret": linked("/etc/passwd"),
    "link to an endless file": linked("/dev/zero"),
    "link to a folder": linked("/etc"),
    "inject that is a link": inject_linked("/etc/passwd"),
    "endless inject": inject_linked("/dev/zero"),
    "a pipe": piped,
    "an inject that is a pipe": inject_piped,
    "two thousand files": crowded,
    "a hollow gigabyte": hollow,
    "folders for files": folders,
    "odd names": oddly_named,
}


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give what one process of bounded time and memory says of each folder."""
    shelf = tmp_path_factory.mktemp("bombs")
    for number, name in enumerate(BOMBS):
        (shelf / f"b{number}").mkdir()
        BOMBS[name](shelf / f"b{number}")
    done = subprocess.run(
        [sys.executable, "-m", "tests.attack.check_all", str(shelf)],
        cwd=ROOT,
        preexec_fn=bounded,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    lines = dict(one.split("\t", 1) for one in done.stdout.splitlines())
    return {name: lines.get(f"b{number}", "") for number, name in enumerate(BOMBS)}


@pytest.mark.parametrize("name", BOMBS)
def test_a_folder_that_hurts_is_refused_in_words(
    said: dict[str, str], name: str, tally: Tally
) -> None:
    assert said[name].startswith("refused "), said[name][:500]
    assert "root:" not in said[name]
    assert "\x1b" not in said[name]
    tally.add("refused")


def test_a_bad_folder_hides_no_good_one(tmp_path: Path) -> None:
    for number, name in enumerate(BOMBS):
        (tmp_path / f"b{number}").mkdir()
        BOMBS[name](tmp_path / f"b{number}")
    good = ROOT / "injects"
    found = {one.id for one in library([tmp_path, good])}
    assert found >= {one.id for one in library([good])}
    for one in library([tmp_path]):
        with pytest.raises(ScenarioRefused):
            load(one.folder)


def test_the_command_says_so_without_a_traceback(tmp_path: Path) -> None:
    BOMBS["deep lists"](tmp_path)
    assert check(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "exercise", "check", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
