"""What came of fuzzed inputs: counts, how fast and how slow they were, and faults as files."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fuzzed import Fuzzed


@dataclass
class Tally:
    """Hold what became of inputs: how many were tried, the faults of each kind, and how often."""

    out: Path
    seed: int
    tried: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    hangs: Counter[str] = field(default_factory=Counter)
    seconds: Counter[float] = field(default_factory=Counter)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)

    def count(self, kind: str, number: int, seconds: float) -> None:
        """Note an input that was tried."""
        self.tried[kind] += 1
        self.seconds[kind] += seconds
        self.slowest[kind] = max(self.slowest.get(kind, (0.0, 0)), (seconds, number))

    def tell(self, kind: str) -> None:
        """Print how far it is, and how fast inputs of a kind are."""
        minutes = self.seconds[kind] / 60 or 1
        print(f"{self.tried.total():,} tried; {kind} {self.tried[kind]:,}, "
              f"{self.tried[kind] / minutes:,.0f} a minute", flush=True)  # fmt: skip

    def note(self, given: Fuzzed, number: int, told: str) -> None:
        """Write down an input that ended in a fault, unless one like it is there."""
        sign = sign_of(told)
        self.faults[f"{given.kind}: {sign}"] += 1
        if self.faults[f"{given.kind}: {sign}"] > 1:
            return
        self.out.mkdir(parents=True, exist_ok=True)
        name = f"{given.kind}-{self.seed}-{number}"
        (self.out / f"{name}.json").write_text(given.to_json(), encoding="utf-8")
        again = (
            f"python tests/fuzz/campaign.py --only {given.kind} --seed {self.seed} --at {number}"
        )
        (self.out / f"{name}.txt").write_text(f"{again}\n\n{told}\n", encoding="utf-8")
        print(f"fault  {name}: {sign}", flush=True)


def sign_of(told: str) -> str:
    """Return what tells a fault from others: its error, and the last line of ours on the way."""
    lines = told.strip().splitlines()
    ours = re.findall(r'File "[^"]*/(kg/[^"]+)", line (\d+)', told)
    last = re.sub(r"0x[0-9a-f]+|\d{3,}", "…", lines[-1] if lines else "")[:100]
    return f"{last} ({ours[-1][0]}:{ours[-1][1]})" if ours else last


def show(tally: Tally, seconds: float) -> None:
    """Print a table of what was tried and what came of it."""
    print("| kind | inputs | a minute | slowest | hangs | faults |\n" + "| --- " * 6 + "|")
    for kind, count in tally.tried.items():
        wrong = sum(times for sign, times in tally.faults.items() if sign.startswith(f"{kind}:"))
        slow, number = tally.slowest[kind]
        pace = 60 * count / (tally.seconds[kind] or 1)
        hangs = tally.hangs[kind]
        print(f"| {kind} | {count:,} | {pace:,.0f} | {slow:.1f} s ({number}) | {hangs} | {wrong} |")
    print(f"| all, seed {tally.seed} | {tally.tried.total():,} | in {seconds:,.0f} s | | "
          f"{tally.hangs.total()} | {tally.faults.total()} |")  # fmt: skip
    for sign, times in tally.faults.most_common():
        print(f"{times} × {sign}")
