"""Bundles for years later: a record or a delegation's proofs, and what checks them."""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exercise.adapters import proof
from exercise.adapters.proof.papers import FOLDER
from exercise.adapters.proof.program import OWN, RECORD
from exercise.adapters.proof.verifier import files_in
from exercise.adapters.record import record_lines, signed_head
from exercise.domain.chain import Proofs, Tree, canonical, envelope_hash, fingerprint
from exercise.domain.events import Ended
from exercise.service.conduct.sealing import content, envelope
from exercise.service.papers import Held, Papers
from exercise.service.ports import Sealed, Signer, Timeline

# In this order they make one program.
PARTS = ("ed25519", "lines", "verifier", "inclusion", "papers", "program")
README = """\
This bundle can be checked with Python 3.9 or later and nothing else:

    python3 verify.py --fingerprint {fingerprint}

The fingerprint was shown on every screen of the exercise. Compare it with the one
that somebody wrote down there; without it the check trusts the key in this bundle.
"""


class TooEarly(Exception):
    """A delegation gets its proofs when play is over."""


def write_bundle(  # noqa: PLR0913, PLR0917 - what a bundle is made of, and for whom
    file: Path,
    timeline: Timeline,
    exercise: str,
    signer: Signer,
    papers: Papers,
    delegation: str = "",
) -> None:
    """Write the bundle of an exercise, or of one delegation's part in it.

    The files that its entries name lie in it too.

    Raises:
        TooEarly: a delegation's bundle was asked for before ENDEX.
    """
    name = OWN if delegation else RECORD
    if delegation:
        lines = proof_lines(timeline, exercise, signer, delegation)
    else:
        lines = record_lines(timeline, exercise, signer)
    shown = fingerprint(signer.key)
    with ZipFile(file, "w", ZIP_DEFLATED) as bundle:
        files: dict[str, int] = {}
        with bundle.open(_named(name), "w") as member:
            for line in lines:
                member.write(line)
                files |= files_in(json.loads(line).get("body"))
        for one in papers.held(exercise).values():
            if one.sha256 in files:
                _add(bundle, one, papers.parts(exercise, one.sha256))
        bundle.writestr(_named("verify.py"), program())
        bundle.writestr(_named("key.txt"), f"{signer.key.hex()}\n{shown}\n")
        bundle.writestr(_named("README.txt"), README.format(fingerprint=shown))


def _add(bundle: ZipFile, one: Held, parts: Iterable[bytes]) -> None:
    with bundle.open(_named(f"{FOLDER}/{one.sha256}.{one.type}"), "w") as member:
        member.writelines(parts)


def proof_lines(
    timeline: Timeline, exercise: str, signer: Signer, delegation: str
) -> Iterator[bytes]:
    """Yield a delegation's entries, each with its path to the signed head."""
    entries = list(_all(timeline, exercise))
    if not any(one.entry.kind == Ended.KIND for one in entries):
        raise TooEarly(delegation)
    tree = Tree()
    for one in entries:
        tree = tree.grown(one.leaf)
    last = entries[-1]
    head = signed_head(exercise, last.entry.seq, last.hash, tree, signer)
    told = {"proofs": 1, "exercise": exercise, "delegation": delegation}
    yield canonical(head | told) + b"\n"
    proofs = Proofs([one.leaf for one in entries])
    for one in entries:
        if delegation in one.entry.audience:
            yield canonical(_proven(one, proofs, len(entries))) + b"\n"


def program() -> str:
    """Return `verify.py`: the checking modules as one file without imports of ours."""
    folder = Path(proof.__path__[0])
    parts = [_alone((folder / f"{name}.py").read_text("utf-8")) for name in PARTS]
    return "from __future__ import annotations\n\n" + "\n\n".join(parts)


def _proven(sealed: Sealed, proofs: Proofs, size: int) -> dict[str, Any]:
    entry = sealed.entry
    table: dict[str, Any] = {
        "content": content(entry, sealed.body_hash),
        "envelope_hash": envelope_hash(sealed.envelope_salt, envelope(entry)).hex(),
        "index": entry.seq - 1,
        "size": size,
        "path": [step.hex() for step in proofs.path(entry.seq - 1)],
    }
    if entry.body is None or sealed.salt is None:
        return table
    return table | {"body": json.loads(entry.body), "salt": sealed.salt.hex()}


def _all(timeline: Timeline, exercise: str) -> Iterator[Sealed]:
    seq = 0
    while some := timeline.after(exercise, seq):
        yield from some
        seq = some[-1].entry.seq


def _alone(source: str) -> str:
    """Return a module without what it imports from us, and its future statement."""
    lines = source.splitlines()
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.ImportFrom) and _ours(statement.module or ""):
            for at in range(statement.lineno - 1, statement.end_lineno or 0):
                lines[at] = ""
    return "\n".join(lines).strip() + "\n"


def _ours(module: str) -> bool:
    return module == "__future__" or module.startswith("exercise.")


def _named(name: str) -> ZipInfo:
    """Return a member without a date: the same record gives the same bundle."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
