"""Waits for the writer's answers on one engine: in time, too late, many at once."""

import sys

from exercise.engine import load

engine = load(sys.argv[1])
engine.patch()

from queue import Queue  # noqa: E402 - after the patch

from exercise.service.conduct.writer import Ticket  # noqa: E402 - after the patch

LONG, SHORT, MANY = 30.0, 0.01, 20


def main() -> None:
    late = Ticket(None)
    assert not late.wait(SHORT)
    late.settle()
    assert late.wait(SHORT), "an answer that nobody waited for is still there"
    came: Queue[bool] = Queue()

    def person(ticket: Ticket, patience_s: float) -> None:
        came.put(ticket.wait(patience_s))

    tickets = [Ticket(None) for _ in range(3 * MANY)]
    for number, ticket in enumerate(tickets):
        engine.spawn(person, ticket, LONG if number % 3 else SHORT)
    assert not any(came.get(timeout=LONG) for _ in range(MANY))
    for ticket in tickets:
        ticket.settle()
    assert all(came.get(timeout=LONG) for _ in range(2 * MANY))


main()
