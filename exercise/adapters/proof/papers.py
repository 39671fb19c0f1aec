"""Checks the files that lie beside a record against the hashes it gives them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from exercise.adapters.proof.verifier import Verdict

FOLDER = "papers"
PART = 1 << 20


def with_papers(verdict: Verdict, record: Path) -> Verdict:
    """Return the verdict with the files beside the record; those not there are none."""
    folder = record.parent / FOLDER
    if not verdict.ok or not verdict.files or not folder.is_dir():
        return verdict
    found = sorted(one for one in folder.iterdir() if one.is_file())
    for one in found:
        fault = _fault(one, verdict.files)
        if fault:
            return Verdict(ok=False, reason=f"{FOLDER}/{one.name}: {fault}")
    return replace(verdict, papers=len(found))


def _fault(file: Path, files: dict[str, int]) -> str:
    name = file.name.partition(".")[0]
    if name not in files:
        return "the record names no such file"
    if file.stat().st_size != files[name]:
        return f"the record says {files[name]} bytes"
    if _digest(file) != name:
        return "the bytes are not those that the record names"
    return ""


def _digest(file: Path) -> str:
    told = hashlib.sha256()
    with file.open("rb") as data:
        while part := data.read(PART):
            told.update(part)
    return told.hexdigest()
