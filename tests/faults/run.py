"""One run of one fault: type, be struck, type on, recover, and count."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field

from faults.conflict import CONFLICTS
from faults.faults import FAULTS, Fault
from faults.scene import Place, Scene

PATIENCE_S = 60.0
BRIEF_S = 2.0
UNHEARD = 2
"""So many keys may be the browser's own doing, at the moment of a link; more are the page's."""


@dataclass
class Outcome:
    """What became of one run; a line of the results.

    Attributes:
        fault: Its name.
        seed: What chose every moment.
        typed: Characters typed.
        lost: Of those, how many the workbook does not have.
        untrue: How often "saved" was shown of what was not on disk, of so many ``looks`` at it.
        lasted_s: From the strike to the healing.
        banner_s: From the strike to the page's saying so.
        recovered_s: From the healing, or the last key where the person typed on, until all was saved.
        by: ``itself`` or ``button``.
        refocused: How often the person had to put the cursor back.
        unheard: How many keys the browser itself swallowed; they are typed again.
        wrong: What was not as it must be; empty for a good run.
        notes: For whoever looks into it.
    """

    fault: str
    seed: int
    typed: int = 0
    lost: int = 0
    untrue: int = 0
    looks: int = 0
    lasted_s: float = 0.0
    banner_s: float | None = None
    recovered_s: float | None = None
    by: str = "itself"
    refocused: int = 0
    unheard: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything was as it must be."""
        return not self.wrong

    def as_json(self) -> dict[str, object]:
        """As plain JSON."""
        return {**asdict(self), "ok": self.ok}


KINDS = (*FAULTS, *CONFLICTS)


def run(place: Place, name: str, seed: int) -> Outcome:
    """Run one fault once, on a page of its own.

    Args:
        place: Where.
        name: One of ``KINDS``.
        seed: Chooses every moment.
    """
    scene = Scene(place, seed)
    try:
        scene.open()
        return strike(scene, name)
    finally:
        place.proxy.heal()
        scene.close()


def strike(scene: Scene, name: str, *, slack: float = 1.0, fault: Fault | None = None) -> Outcome:
    """Run one fault on a page that is open.

    Args:
        scene: The page and who writes in it.
        name: One of ``KINDS``, or what the given fault is called.
        slack: How many times longer than promised the page may take; more than 1 on a busy machine.
        fault: A fault that is none of ``KINDS``.
    """
    scene.anew()
    outcome, before = Outcome(name, scene.seed), len(scene.typed)
    if fault is None and name in CONFLICTS:
        CONFLICTS[name](scene)
    else:
        _struck(scene, fault or FAULTS[name], outcome, slack)
    _end(scene, outcome)
    outcome.typed -= before
    return outcome


def _struck(scene: Scene, fault: Fault, outcome: Outcome, slack: float) -> None:
    scene.type(scene.rng.randint(5, 60))
    scene.wait(0.0 if scene.brisk else scene.rng.choice((0.0, scene.rng.uniform(0, 2.5))))
    lasts = min(fault.lasts_s[0], BRIEF_S) if scene.brisk else scene.rng.uniform(*fault.lasts_s)
    struck = time.monotonic()
    fault.strike(scene)
    done = time.monotonic()
    if fault.types_on:
        scene.type(scene.rng.randint(10, 80), until=max(done + lasts, done + 1))
    scene.wait(max(0.0, done + lasts - time.monotonic()))
    if fault.then_quiet:
        scene.finish_word()
    healing = time.monotonic()
    fault.heal(scene)
    healed = time.monotonic()
    if not fault.then_quiet:
        if scene.rng.random() < 0.5:
            scene.type(scene.rng.randint(5, 30))
        scene.finish_word()
    recovered = scene.settle(time.monotonic(), patience_s=PATIENCE_S * slack)
    outcome.lasted_s = round(healing - struck, 2)
    outcome.banner_s = _rounded(scene.first("offline", struck))
    outcome.recovered_s = _rounded(recovered)
    there = healed - struck if fault.lasts_s[1] else time.monotonic() - struck
    back = scene.back(struck)
    _hold(fault, outcome, slack, there if back is None else min(there, back))
    # The page works as before.
    scene.type(scene.rng.randint(5, 20))
    scene.finish_word()
    if scene.settle(time.monotonic()) is None:
        outcome.wrong.append("what was typed afterwards was not saved")


def _hold(fault: Fault, outcome: Outcome, slack: float, there: float) -> None:
    """Hold the page to the times that are promised.

    Args:
        fault: What it was struck with.
        outcome: What was seen.
        slack: As for ``strike``.
        there: How long there was something to say, in seconds: until it was healed, or a new kernel went on.
    """
    recovered, banner = outcome.recovered_s, outcome.banner_s
    if recovered is None:
        outcome.wrong.append("did not recover")
    elif recovered > fault.recovers_s * slack:
        outcome.wrong.append(f"recovered after {recovered} s")
    if fault.banner_s is None:
        return
    limit = fault.banner_s * slack
    if banner is None and there > limit:
        outcome.wrong.append(f"said nothing in {there:.1f} s")
    elif banner is not None and banner > limit:
        outcome.wrong.append(f"said so after {banner} s")


def _end(scene: Scene, outcome: Outcome) -> None:
    outcome.typed, outcome.lost = len(scene.typed), scene.lost()
    outcome.untrue, outcome.looks = scene.untrue, scene.looks
    outcome.by = "button" if scene.pressed else "itself"
    outcome.refocused = max(0, scene.refocused - 1)
    outcome.unheard = scene.unheard
    if outcome.unheard > UNHEARD:
        outcome.wrong.append(f"{outcome.unheard} keys wrote nothing")
    if outcome.lost:
        outcome.wrong.append(f"{outcome.lost} of {outcome.typed} characters lost")
    if outcome.untrue:
        outcome.wrong.append(f"{outcome.untrue} times saved was not true")
    if not scene.tidied():
        outcome.wrong.append(f"{scene.seen[-1].drafts} drafts left")
    outcome.wrong += scene.wrong
    outcome.notes = scene.notes


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
