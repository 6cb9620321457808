"""What a run of ``seed_demo`` made, counted for the person who started it."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts by kind of object; empty when everything was there already."""

    made: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, number: int = 1) -> None:
        if number:
            self.made[kind] += number

    def __str__(self) -> str:
        if not self.made:
            return "everything was there already"
        return ", ".join(f"{number} {kind}" for kind, number in self.made.items())
