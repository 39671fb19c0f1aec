"""Figures of a small undirected graph: efficiency, density, centralisation, groups."""

from collections import deque
from collections.abc import Iterable, Mapping

Edges = Mapping[str, tuple[str, ...]]


def neighbours(nodes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Edges:
    """Return each node's neighbours in order, for undirected `pairs`."""
    found: dict[str, set[str]] = {one: set() for one in nodes}
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return {one: tuple(sorted(others)) for one, others in found.items()}


def distances(edges: Edges, start: str) -> dict[str, int]:
    """Return how many steps each node reachable from `start` is away."""
    found = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for one in edges[here]:
            if one not in found:
                found[one] = found[here] + 1
                queue.append(one)
    return found


def efficiency(edges: Edges) -> float:
    """Return the mean of 1/distance over pairs; unreachable pairs give nothing."""
    n = len(edges)
    if n < 2:  # noqa: PLR2004 - no pair, no distance
        return 0.0
    total = sum(
        1 / steps for one in edges for steps in distances(edges, one).values() if steps
    )
    return total / (n * (n - 1))


def density(edges: Edges) -> float:
    """Return the share of possible edges that exist."""
    n = len(edges)
    return sum(map(len, edges.values())) / (n * (n - 1)) if n > 1 else 0.0


def centralisation(edges: Edges) -> float:
    """Return Freeman's degree centralisation: 1 for a star, 0 where all are equal."""
    n = len(edges)
    if n < 3:  # noqa: PLR2004 - a pair has no centre
        return 0.0
    degrees = [len(others) for others in edges.values()]
    return sum(max(degrees) - one for one in degrees) / ((n - 1) * (n - 2))


def groups(edges: Edges) -> tuple[tuple[str, ...], ...]:
    """Return the parts that no edge joins, each in the nodes' order."""
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for one in edges:
        if one not in seen:
            reached = distances(edges, one)
            seen.update(reached)
            found.append(tuple(node for node in edges if node in reached))
    return tuple(found)


def reciprocity(arrows: Iterable[tuple[str, str]]) -> float:
    """Return the share of directed edges that have one the other way."""
    known = set(arrows)
    return sum((b, a) in known for a, b in known) / len(known) if known else 0.0
