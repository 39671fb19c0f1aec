"""A later version of the server: this one, changed in the ways versions change."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import ROOT

PARTS = ("exercise", "injects", "static", "templates")
MARK = "of tomorrow"
KIND = "entry_of_tomorrow"
# In each file, what stands there and what stands there tomorrow.
CHANGES: Mapping[str, tuple[str, str]] = {
    # An entry of a kind that no page of today knows.
    "exercise/web/entries.py": (
        '"kind": stored.kind,',
        f'"kind": {{"inject_recalled": "{KIND}"}}.get(stored.kind, stored.kind),',
    ),
    # A beat that says more.
    "exercise/web/pulse.py": (
        'told = {"epoch": epoch, "clock": clock}',
        'told = {"epoch": epoch, "clock": clock, "tomorrow": {"more": [1]}}',
    ),
    # A command of today that is no longer taken.
    "exercise/domain/commands/delegation.py": (
        'type: Literal["acknowledge"] = "acknowledge"',
        'type: Literal["take_note"] = "take_note"',
    ),
    # A fragment for a place that pages of today do not have.
    "templates/timeline/inject_released.html": (
        "",
        f'<p id="new-{{{{ entry.id }}}}" hx-swap-oob="beforeend:#new">{MARK}</p>\n',
    ),
}


def later_version(folder: Path) -> Mapping[str, str]:
    """Write a later version into a folder; return the environment that runs it."""
    for part in PARTS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    for name, (today, tomorrow) in CHANGES.items():
        file = folder / name
        text = file.read_text("utf-8")
        assert today in text, (name, today)
        changed = text.replace(today, tomorrow) if today else text + tomorrow
        file.write_text(changed, "utf-8")
    for kind in ("js", "css"):
        for file in (folder / "static" / kind).rglob(f"*.{kind}"):
            file.write_text(f"{file.read_text('utf-8')}\n/* {MARK} */\n", "utf-8")
    # So that this package is found before the one beside us.
    return {"PYTHONSAFEPATH": "1", "PYTHONPATH": str(folder)}
