"""What the facilitator's board says that delegations owe."""

from exercise.web.board import owed
from exercise.web.entries import EntryView, Signature

FACILITATOR = Signature("fac", "", "", "", "")


def view(kind: str, **body: object) -> EntryView:
    return EntryView(
        id=f"id-{kind}",
        kind=kind,
        at_ms=0,
        wall="2031-03-12T02:00:00.000Z",
        author=FACILITATOR,
        audience=("VES",),
        subject="",
        body=body,
    )


ASKED = view(
    "inject_released", title="Ping", number="1", to=["VES"], reply_by_ms=300_000
)


def test_who_was_asked_owes_an_answer_until_the_end() -> None:
    assert [one.delegation for one in owed([ASKED])] == ["VES"]
    assert owed([ASKED, view("ended", reason="")]) == []


def test_what_was_recalled_is_owed_by_nobody() -> None:
    assert owed([ASKED, view("inject_recalled", entries=[ASKED.id])]) == []
