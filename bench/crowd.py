"""A crowd larger than any hall: everybody is let in, and hears each release once."""

import re
from collections import defaultdict
from dataclasses import dataclass

from bench.hall import Client, Hall
from bench.product import inject, released

REPORT = re.compile(rb'"title":"Report (\d{6})"')
POSITION = re.compile(rb'"position":(\d+)')
# Numbers no other measurement uses.
FIRST, RELEASES = 900_000, 5


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of the crowd."""

    clients: int
    refused: int
    a_second: float
    in_order: int

    @property
    def is_whole(self) -> bool:
        """Tell whether everybody came in and heard everything once, in order."""
        return not self.refused and self.in_order == self.clients


def measure(hall: Hall, newcomers: list[str]) -> Crowd:
    """Let the newcomers in, release to everybody, and look at what each one heard."""
    seconds = hall.connect(newcomers)
    heard: dict[int, list[int]] = defaultdict(list)
    places: dict[int, list[int]] = defaultdict(list)

    def hear(client: Client, payload: bytes) -> None:
        heard[client.number] += map(int, REPORT.findall(payload))
        places[client.number] += map(int, POSITION.findall(payload))

    hall.on_entries = hear
    numbers = list(range(FIRST, FIRST + RELEASES))
    for number in numbers:
        released(hall, hall.clients[0], inject(number))
    hall.run(lambda: all(heard[one.number] == numbers for one in hall.clients), 30.0)
    hall.settle(0.5)  # A second copy would come now.
    whole = [
        one
        for one in hall.clients
        if heard[one.number] == numbers and _is_gapless(places[one.number])
    ]
    return Crowd(len(hall.clients), hall.refused, len(newcomers) / seconds, len(whole))


def _is_gapless(places: list[int]) -> bool:
    return places == list(range(places[0], places[0] + len(places)))
