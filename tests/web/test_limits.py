"""How much one member may send: a burst, then so many a second and a minute."""

from exercise.web.limits import A_MINUTE, BURST, Limits


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
    assert sent(limits) == BURST
    clock.now = 1.0
    assert sent(limits) == 5


def test_no_minute_holds_more_than_its_share() -> None:
    clock = Clock()
    limits, passed = Limits(now=clock), 0
    for second in range(60):
        clock.now = float(second)
        passed += sent(limits)
    # A full bucket, and what flowed into it while it was used up.
    assert passed <= 2 * A_MINUTE


def test_one_sender_does_not_hold_up_another() -> None:
    limits = Limits(now=Clock())
    sent(limits)
    assert sent(limits, "boris") == BURST


def test_one_who_is_told_to_wait_gets_through_after_that_long() -> None:
    clock = Clock()
    limits = Limits(now=clock)
    sent(limits)
    clock.now += limits.wait("amina")
    assert limits.wait("amina") == 0


def test_benches_may_turn_them_off() -> None:
    limits = Limits(on=False)
    assert not any(limits.wait("amina") for _ in range(1_000))
