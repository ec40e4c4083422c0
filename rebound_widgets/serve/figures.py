"""What a server says of itself to Prometheus: counts and seconds, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from .door import Verdict
from .kernels import Kernels

Opened = Literal["opened", "failed", "left"]
"""How opening a page ended: it is there, its kernel or notebook failed, or its visitor went before."""
_SPANS = (0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 60)
_REFUSED: frozenset[Verdict] = frozenset({"stranger", "foreign", "unsure"})


class Figures:
    """The counts of one server.

    Args:
        kernels: Its kernels.
    """

    def __init__(self, kernels: Kernels) -> None:
        self._registry = registry = CollectorRegistry()
        self._openings = Counter(
            "rebound_openings", "Pages that were asked for, by how it ended", ["how"], registry=registry
        )
        self._seconds = Histogram(
            "rebound_opening_seconds",
            "From asking for a page until it was whole, its kernel's start included",
            buckets=_SPANS,
            registry=registry,
        )
        self._refusals = Counter(
            "rebound_refusals", "Requests that were turned away", ["why"], registry=registry
        )
        self.shows("rebound_kernels", "Kernels that run", lambda: len(kernels.list_kernel_ids()))
        self.shows("rebound_pages_open", "Kernels with a page connected", kernels.pages_open)

    def shows(self, name: str, about: str, count: Callable[[], float]) -> None:
        """Show a number that is counted when it is asked for."""
        Gauge(name, about, registry=self._registry).set_function(count)

    @contextmanager
    def opening(self) -> Iterator[Callable[[Opened], None]]:
        """A page is being opened; call what this gives with how it ended."""
        began, how = monotonic(), ["failed"]

        def ended(said: Opened) -> None:
            how[:] = [said]

        try:
            yield ended
        finally:
            self._openings.labels(how[0]).inc()
            if how[0] == "opened":
                self._seconds.observe(monotonic() - began)

    def verdict(self, verdict: Verdict) -> None:
        """Count what the door said, where it turned somebody away."""
        if verdict in _REFUSED:
            self.refused(verdict)

    def refused(self, why: str) -> None:
        """Count a request that was turned away."""
        self._refusals.labels(why).inc()

    def text(self) -> bytes:
        """As Prometheus reads it."""
        return generate_latest(self._registry)
