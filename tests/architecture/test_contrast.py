"""Contrast of the colour pairs that the stylesheet uses (WCAG 2.2, 1.4.3 and 1.4.11).

The colours are read from the stylesheet itself, so that this table cannot drift from it.
"""

import gzip
import re
from pathlib import Path

import pytest

STYLESHEET = Path(__file__).parents[2] / "static" / "css" / "site.css"
CSS = STYLESHEET.read_text(encoding="utf-8")
MAX_GZIPPED_BYTES = 12_000
BANDS = ("yellow", "tomato", "pink", "pistachio", "sky", "grey")
KINDS = ("yellow", "tomato", "leaf", "pink", "tram")

TEXT, LARGE_READING, SHAPE = 4.5, 7.0, 3.0
PAIRS = [
    ("ink", "pavement", LARGE_READING),
    ("ink", "sheet", LARGE_READING),
    ("soft", "pavement", TEXT),
    ("soft", "sheet", TEXT),
    *[("ink", f"band-{band}", TEXT) for band in BANDS],
    *[(f"head-{band}", f"band-{band}", TEXT) for band in BANDS],
    *[("ink-fixed", kind, TEXT) for kind in KINDS],
    ("on-button", "button", TEXT),
    ("on-button-hover", "button-hover", TEXT),
    ("on-accent", "accent", TEXT),
    ("pavement", "ink", TEXT),
    ("sheet", "ink", TEXT),
    ("sheet", "good", TEXT),
    ("error", "sheet", TEXT),
    ("error", "pavement", TEXT),
    ("good", "sheet", TEXT),
    ("on-footer", "band-ink", TEXT),
    ("soft-on-footer", "band-ink", TEXT),
    ("yellow", "band-ink", TEXT),
    ("map-name", "map-ground", TEXT),
    ("map-name", "map-road", TEXT),
    ("map-name", "map-park", TEXT),
    ("map-name", "map-water", TEXT),
    ("button", "pavement", SHAPE),
    *[("button", f"band-{band}", SHAPE) for band in BANDS],
    ("line", "sheet", SHAPE),
    ("line", "pavement", SHAPE),
    ("focus", "focus-halo", SHAPE),
    ("map-line", "map-ground", SHAPE),
]


def tokens_after(opening: str) -> dict[str, str]:
    """Return the six-digit colours of the ``:root`` block that starts with ``opening``."""
    block = CSS[CSS.index(opening) + len(opening) :]
    block = block[: block.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", block))


LIGHT = tokens_after("\n:root {")
DARK = {**LIGHT, **tokens_after("(prefers-color-scheme: dark) {\n  :root {")}


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2.2, definition)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_contrast(mode: str, front: str, back: str, least: float) -> None:
    tokens = LIGHT if mode == "light" else DARK
    assert contrast(tokens[front], tokens[back]) >= least


def test_black_on_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21


def test_the_inks_are_the_same_by_night() -> None:
    assert {LIGHT[name] for name in KINDS} == {DARK[name] for name in KINDS}


def test_the_stylesheet_names_no_colour_outside_its_tokens_but_white() -> None:
    """Fixed inks stand in drawings and in the few parts that do not turn dark."""
    parts = CSS[CSS.index("/* Base */") : CSS.index("/* Paper */")]
    known = {*LIGHT.values(), *DARK.values(), "#FFF", "#fff"}
    written = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b(?!-)", re.sub(r"url\(.*?\)", "", parts)))
    assert written <= known


def test_the_stylesheet_stays_small() -> None:
    assert len(gzip.compress(STYLESHEET.read_bytes())) <= MAX_GZIPPED_BYTES


def test_the_stylesheet_asks_nothing_of_another_host() -> None:
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", CSS)
    assert addresses
    assert all(address.startswith(("../fonts/", "data:image/svg+xml,")) for address in addresses)
