"""Reports made while the page watches: lines of progress, then the very file."""

from hashlib import sha256

import pytest

from tests.web.stage import Stage


def answered(stage: Stage, path: str, role: str = "trainer") -> tuple[int, bytes]:
    person = stage.by_link(role)
    answer = person.get(f"/review/{stage.exercise}/made/{path}")
    return answer.status_code, answer.data


def test_progress_comes_first_and_then_the_file(stage: Stage) -> None:
    status, data = answered(stage, "html?edition=anonymous")
    made = f"{stage.exercise} html anonymous en".encode()
    head = f"40 Writing the report\nfile {len(made)} {sha256(made).hexdigest()}\n"
    assert (status, data) == (200, head.encode() + made)


def test_a_job_that_fails_says_so_and_sends_no_file(stage: Stage) -> None:
    _, data = answered(stage, "html?edition=full")
    assert data.splitlines()[-1].startswith(b"failed ")
    assert b"file " not in data
    assert b"torn" not in data


@pytest.mark.parametrize(
    "path", ["odt", "html?edition=nobody", "html?edition=delegation:NOBODY"]
)
def test_what_there_is_not_is_refused(stage: Stage, path: str) -> None:
    status, _ = answered(stage, path)
    assert status == 404


def test_evaluators_and_strangers_make_no_report(stage: Stage) -> None:
    assert answered(stage, "html", "evaluator")[0] == 403
    plain = stage.app.test_client().get(f"/review/{stage.exercise}/made/html")
    assert plain.status_code in {302, 303, 401, 403}
