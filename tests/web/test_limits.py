"""How much one member may send: a burst, then so many a second and a minute."""

import pytest

from exercise.web.limits import ASKING, SAYING, Limits
from exercise.web.live import HEED
from tests.web.stage import Browser, Socket, Stage


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def sent(limits: Limits, sender: str = "amina") -> int:
    """Return how many pass at this moment."""
    count = 0
    while not limits.wait(sender):
        count += 1
    return count


def test_a_burst_passes_and_then_five_a_second() -> None:
    clock = Clock()
    limits = Limits(now=clock)
    assert sent(limits) == SAYING.burst
    clock.now = 1.0
    assert sent(limits) == 5


def test_a_page_may_ask_more_often_than_a_person_says_something() -> None:
    clock = Clock()
    limits = Limits(ASKING, now=clock)
    assert sent(limits) == ASKING.burst > SAYING.burst
    clock.now = 1.0
    assert sent(limits) == 10


def test_no_minute_holds_more_than_its_share() -> None:
    clock = Clock()
    limits, passed = Limits(now=clock), 0
    for second in range(60):
        clock.now = float(second)
        passed += sent(limits)
    # A full bucket, and what flowed into it while it was used up.
    assert passed <= 2 * SAYING.a_minute


def test_one_sender_does_not_hold_up_another() -> None:
    limits = Limits(now=Clock())
    sent(limits)
    assert sent(limits, "boris") == SAYING.burst


def test_one_who_is_told_to_wait_gets_through_after_that_long() -> None:
    clock = Clock()
    limits = Limits(now=clock)
    sent(limits)
    clock.now += limits.wait("amina")
    assert limits.wait("amina") == 0


def test_benches_may_turn_them_off() -> None:
    limits = Limits(on=False)
    assert not any(limits.wait("amina") for _ in range(1_000))


# --- On the live channel -----------------------------------------------------------


def socket_of(stage: Stage, browser: Browser) -> Socket:
    return stage.socket({"membership": browser.member}, browser)


@pytest.mark.parametrize("event", ["sync", "seen"])
def test_whoever_asks_without_end_is_told_to_wait(stage: Stage, event: str) -> None:
    amina, boris = stage.delegate("VES"), stage.delegate("KAS", "Boris")
    socket, told = socket_of(stage, amina), {"audience": "VES", "position": 0}
    asked = told if event == "seen" else None
    answers = [socket.ask(event, asked) for _ in range(60)]
    assert all(one["ok"] for one in answers[: ASKING.burst])
    assert answers[-1]["code"] == "too-fast"
    assert answers[-1]["retry_after"] >= 1
    assert socket_of(stage, boris).ask("sync", None)["ok"]


def test_whoever_never_waits_when_told_to_is_cut(stage: Stage) -> None:
    amina = stage.delegate("VES")
    socket = socket_of(stage, amina)
    for _ in range(SAYING.burst + 2 * HEED):
        if not socket.open:
            break
        socket.command("acknowledge", about="x")
    assert socket.heard("revoked")
    assert not socket.open
    # Whoever comes back is taken in.
    assert socket_of(stage, amina).open
