"""Where one can go round in a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Loop = tuple[int, ...]
"""Nodes of which each can be reached from each."""


def components(count: int, after: Callable[[int], Iterator[int]]) -> Iterator[Loop]:
    """Yield the strongly connected components of a graph (Tarjan's algorithm, without recursion)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    held: set[int] = set()
    for root in range(count):
        if root in order:
            continue
        work: list[tuple[int, Iterator[int]]] = [(root, iter(after(root)))]
        order[root] = low[root] = len(order)
        stack.append(root)
        held.add(root)
        while work:
            node, rest = work[-1]
            for to in rest:
                if to not in order:
                    order[to] = low[to] = len(order)
                    stack.append(to)
                    held.add(to)
                    work.append((to, iter(after(to))))
                    break
                if to in held:
                    low[node] = min(low[node], order[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    at = stack.index(node)
                    part = tuple(stack[at:])
                    del stack[at:]
                    held.difference_update(part)
                    yield part
