"""Node's own Socket.IO client gets along with the server by the contract alone."""

import json
import subprocess
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.conftest import ROOT
from tests.e2e.house import House, Opened
from tests.e2e.program import Program

pytestmark = pytest.mark.server

Json: TypeAlias = Any

CANARY = "For Kastrova alone: 5d1f"


def ran(house: House, opened: Opened, node_modules: Path) -> Json:
    """Run the Node program against the server and return what it saw."""
    plan = {
        "url": house.url,
        "code": opened.codes["VES"],
        "foreign": "KAS",
        "modules": str(node_modules),
    }
    done = subprocess.run(
        ["node", ROOT / "tests/node/client.mjs", json.dumps(plan)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_node_program_joins_acts_and_is_refused(
    house: House, opened: Opened, node_modules: Path
) -> None:
    with Program(house, opened.token) as facilitator:
        facilitator.did("hold")
        facilitator.did("start")
        for to, body in ((["VES"], "For Vesmark"), (["KAS"], CANARY)):
            facilitator.did(
                "ad_hoc_inject", title="T", body=body, channel="cable", audience=to
            )
        told = ran(house, opened, node_modules)
    positions = [one["position"] for one in told["entries"]]
    assert positions == list(range(1, told["head"] + 1))
    assert told["inject"]["body"]["body"] == "For Vesmark"
    assert told["first"]["ok"]
    assert told["again"] == {**told["first"], "duplicate": True}
    later = [one for one in told["later"] if one["kind"] == "acknowledged"]
    assert [one["id"] for one in later] == [told["first"]["id"]]
    assert [one["id"] for one in told["heard"]].count(told["first"]["id"]) == 1
    assert told["refused"]["code"] == "forbidden"
    assert told["unknown"]["field"] == "actor"
    assert told["foreign"]["code"] == "forbidden"
    assert told["seen"]["ok"]
    assert told["refusedStranger"]
    assert list(told["beat"]["heads"]) == ["VES"]
    assert told["back"]["status"] == 200
    assert [one["position"] for one in told["back"]["told"]["entries"]] == list(
        range(told["head"] - 2, told["head"] + 1)
    )
    assert CANARY not in json.dumps(told)
