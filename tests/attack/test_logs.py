"""The log says what happened, and not a word of what was said."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from exercise.domain.chain import forgiving
from exercise.server import log_as
from exercise.settings import Settings
from tests.attack.conftest import Tally
from tests.attack.looks import ERRORS, everything
from tests.attack.telling import Told, go, told
from tests.attack.test_canaries import Marks, ears, foreign, marked, marks_in
from tests.conftest import ROOT
from tests.domain.grand import a_grand_scenario
from tests.web.stage import SECRET

pytestmark = pytest.mark.attack
CORPUS = "logs"


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Let every logger of the process write into one text, down to DEBUG."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    before, named = root.level, _levels()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in named:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        for name, level in named.items():
            logging.getLogger(name).setLevel(level)


def _levels() -> dict[str, int]:
    known = logging.getLogger().manager.loggerDict
    return {name: logging.getLogger(name).level for name in known}


def wrong(story: Told, token: str) -> None:
    """Do what gives the log a reason to speak."""
    stage, browser = story.stage, story.people["ves"]
    for path in ERRORS:
        browser.get(path)
    commands = f"/api/v1/exercises/{stage.exercise}/commands"
    bad = {"id": "x", "type": "note", "text": f"refused canary-ffffff-x {token}"}
    for told_ in (bad, {**bad, "type": "canary-fffffe-x"}, {"canary-fffffd-x": 1}):
        browser.client.post(commands, json=told_, headers={"X-CSRFToken": browser.csrf})
    headers = {"Authorization": f"Bearer {token}"}
    stage.app.test_client().get(commands, headers=headers)
    stage.app.test_client().post(commands, json=bad, headers=headers)
    stage.browser().get("/j/K7M4-92TX")
    list(foreign(story, "ves"))


def test_a_whole_exercise_leaves_no_word_of_it_in_the_log(tally: Tally) -> None:
    marks = Marks()
    secrets: set[str] = {SECRET}
    with (
        everything_logged() as log,
        told(marks, marked(a_grand_scenario(), marks)) as story,
    ):
        sockets = [ears(story, one) for one in ("ves", "kas", "obs")]
        go(story)
        token = story.stage.program()
        wrong(story, token)
        for person in ("fac", "tra", "ves", "kas", "obs", "room"):
            everything(story, person)
        for socket in sockets:
            socket.ask("sync", {"cursors": {}})
            socket.command("note", text="canary-fffffc-x")
        secrets.add(token)
        for browser in story.people.values():
            secrets |= {browser.token, browser.cookie, browser.csrf}
        for code in (*story.stage.opened.codes.values(), story.stage.opened.room):
            secrets |= {code, forgiving(code), f"{code[:4]}-{code[4:]}"}
        said = log.getvalue()
    assert said
    assert not marks_in(said)
    assert not [one for one in secrets - {""} if one in said]
    tally.add("lines searched", said.count("\n"))
    tally.add("marks and secrets looked for", marks.count + len(secrets))


def test_a_failure_is_logged_without_what_was_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What breaks inside is told by where it broke, not by what it broke on."""
    with told(lambda _most, said: said) as story:
        codec = story.stage.ground.codec

        def breaks(*_told: object) -> None:
            raise RuntimeError("broken on purpose")

        object.__setattr__(codec, "encode", breaks)
        browser = story.people["fac"]
        browser.get("/")
        commands = f"/exercises/{story.stage.exercise}/commands"
        note = {
            "id": "7fc3da40-a38a-4b2d-8056-9e0a30788ed0",
            "type": "note",
            "text": "canary-fffffb-x",
        }
        answer = browser.api(commands, note)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "broken on purpose" in caplog.text
    assert "canary" not in caplog.text
    assert "canary" not in answer.text


@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_the_password_of_the_database_is_told_to_nobody(
    command: str, tmp_path: Path
) -> None:
    """Nothing listens at port 1, so each has to say that it cannot be reached."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DETENTE_")}
    done = subprocess.run(
        [sys.executable, "-m", "exercise", command],
        cwd=ROOT,
        env={
            **clean,
            "DETENTE_DATA": str(tmp_path),
            "DETENTE_DATABASE_URL": "postgresql://me:canary-word@127.0.0.1:1/detente",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "127.0.0.1" in done.stdout + done.stderr
    assert "canary-word" not in done.stdout + done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_message_is_one_line_and_its_time_is_utc(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is logged, nobody writes a line of their own into the log."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    written = io.StringIO()
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    try:
        log_as(Settings(data=tmp_path, log_format=form))  # type: ignore[arg-type]  # one of the two
        root.handlers[0].setStream(written)  # type: ignore[attr-defined]  # to stderr
        moment = logging.makeLogRecord({"created": 0.0, "msecs": 7.0})
        moment.name, moment.levelno, moment.levelname = "exercise", 30, "WARNING"
        moment.msg, moment.args = "View as %s", ("VES\r\n1970 INFO forged: line",)
        root.handle(moment)
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
    (line,) = written.getvalue().splitlines()
    assert "1970-01-01T00:00:00.007Z" in line
    assert "\\r\\n1970 INFO forged" in line
