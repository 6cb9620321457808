"""Icons and bollen as inline SVG, drawn for this project (house style, sections 6 and 7)."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

INK = "#12302B"
#: Inks by name; ``prop`` turns lighter in the dark so that a dark bol stays visible.
INKS = {
    "tomato": "#FF5C3E",
    "yellow": "#FFBE1A",
    "pink": "#FFB8C4",
    "pistachio": "#D3E6AE",
    "leaf": "#B4D785",
    "tram": "#9CC6FF",
    "white": "#FFF",
    "ink": f"var(--prop,{INK})",
}

#: Kinds of events: 48 grid, a disc of radius 23 with one solid glyph.
KIND_GLYPHS = {
    "pub": (
        f'<g stroke="{INK}" fill="none" stroke-width="3"><path d="M31 22h2.4a4 4 0 0 1 4 4v3a4 4'
        ' 0 0 1-4 4H31"/></g>'
        f'<path fill="{INK}" d="M14.5 18H31v17.5a3.5 3.5 0 0 1-3.5 3.5H18a3.5 3.5 0'
        ' 0 1-3.5-3.5z"/>'
        f'<g fill="#FFF" stroke="{INK}" stroke-width="2.2"><circle cx="16.5" cy="16.5" r="4"/>'
        '<circle cx="29" cy="16.5" r="4"/><circle cx="22.7" cy="14" r="5"/></g>'
        '<path stroke="var(--disc)" stroke-width="2.6" stroke-linecap="round"'
        ' d="M20 25v8M25.7 25v8"/>'
    ),
    "food": (
        f'<path fill="{INK}" d="M9.5 26.5a14.5 13 0 0 1 29 0z"/>'
        f'<rect fill="{INK}" x="9.5" y="29.5" width="29" height="7" rx="3.5"/>'
        '<path stroke="#FFF" stroke-width="2.8" stroke-linecap="round"'
        ' d="M19.3 18.2l2 4.2M26.6 18.2l2 4.2"/>'
    ),
    "green": (
        f'<path fill="{INK}" d="M24.5 27C24 18 29.5 11.8 38 11.5C38.4 20.5 33 27 24.5 27z'
        'M23.5 32.5C23.5 25.5 18.5 20.6 11.2 20.5C11.2 27.8 16 32.5 23.5 32.5z"/>'
        f'<path stroke="{INK}" stroke-width="3.2" stroke-linecap="round" d="M24 39V26.5"/>'
    ),
    "making": (
        f'<g stroke="{INK}" stroke-width="3" fill="none"><circle cx="19.8" cy="13.8" r="3.7"/>'
        '<circle cx="28.2" cy="13.8" r="3.7"/></g>'
        f'<path fill="{INK}" d="M10 18h28v6.5H10zM12 27h24v10.5H12z"/>'
        '<path stroke="var(--disc)" stroke-width="3.2" d="M24 18v20"/>'
    ),
    "moving": (
        f'<circle cx="24" cy="24" r="14" fill="none" stroke="{INK}" stroke-width="3"/>'
        f'<path fill="{INK}" d="M24 17.3l6.4 4.6-2.4 7.5h-8l-2.4-7.5z"/>'
        f'<path stroke="{INK}" stroke-width="2.8" d="M24 17.3V11M30.4 21.9l6-1.9M28 29.4l3.7'
        ' 5.1M20 29.4l-3.7 5.1M17.6 21.9l-6-1.9"/>'
    ),
    "thinking": (
        f'<path fill="{INK}" d="M15.5 13h17a5 5 0 0 1 5 5v8.5a5 5 0 0 1-5 5H25l-7 6.2v-6.2h-2.5a5'
        ' 5 0 0 1-5-5V18a5 5 0 0 1 5-5z"/>'
        '<g fill="#FFF"><circle cx="17.2" cy="22.3" r="2.3"/><circle cx="24" cy="22.3" r="2.3"/>'
        '<circle cx="30.8" cy="22.3" r="2.3"/></g>'
    ),
}

#: Interface icons: 24 grid, 2.4 stroke, round ends; always beside a word.
STROKES = {
    "arrow": "M4 12h16M13.5 5.5L20 12l-6.5 6.5",
    "back": "M20 12H4M10.5 5.5L4 12l6.5 6.5",
    "calendar": "M4 6h16v14H4zM4 11h16M8.5 3v5M15.5 3v5",
    "check": "M4.5 12.8l5 5L19.5 7",
    "people": (
        "M8.5 5a3.3 3.3 0 1 0 .01 0zM2.8 19.5c0-3.6 2.5-5.7 5.7-5.7s5.7 2.1 5.7 5.7"
        "M15.8 6.2a2.8 2.8 0 1 1 .01 5.6M17 14.2c2.6.3 4.2 2.3 4.2 5.3"
    ),
    "phone": (
        "M7.5 2.5h9a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1zM11 18h2"
    ),
    "pin": (
        "M12 21.5c-4.2-4.8-6.6-8-6.6-11.5a6.6 6.6 0 0 1 13.2 0c0 3.5-2.4 6.7-6.6 11.5z"
        "M12 8a2.2 2.2 0 1 0 .01 0z"
    ),
    "search": "M10.5 4a6.5 6.5 0 1 0 .01 0zM15.5 15.5l5 5",
    "ticket": (
        "M3.5 6.5h17v3.6a2 2 0 0 0 0 3.8v3.6h-17v-3.6a2 2 0 0 0 0-3.8zM14.5 7v2M14.5 11v2M14.5 15v2"
    ),
    "warning": "M12 3.5L22 20.5H2zM12 10v4.5M12 17.6v.1",
}
FLIPPED_WHEN_RTL = frozenset({"arrow", "back"})

EYES = {
    "open": "M-{x} -{y}v{h}M{x} -{y}v{h}",
    "wink": "M-{x} -{y}v{h}M{x0} -{m}h{w}",
    "shut": "M-{x1} -{m}h{w}M{x0} -{m}h{w}",
}


def _disc(name: str) -> str:
    ring = (
        f'<circle cx="24" cy="24" r="21.6" fill="#FFF" stroke="{INK}" stroke-width="2.8"/>'
        if name == "thinking"
        else '<circle cx="24" cy="24" r="23" fill="var(--disc)"/>'
    )
    return ring + KIND_GLYPHS[name]


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon as inline SVG, silent for screen readers.

    Args:
        name: a kind of event (``pub``, ``food``…) or an interface icon (``arrow``…).

    Raises:
        KeyError: there is no such icon.
    """
    if name in KIND_GLYPHS:
        return mark_safe(  # noqa: S308  constants of this module
            f'<svg class="disc kind--{name}" viewBox="0 0 48 48" aria-hidden="true">'
            f"{_disc(name)}</svg>"
        )
    flip = " icon--flip" if name in FLIPPED_WHEN_RTL else ""
    return mark_safe(  # noqa: S308  constants of this module
        f'<svg class="icon{flip}" viewBox="0 0 24 24" aria-hidden="true">'
        f'<path d="{STROKES[name]}"/></svg>'
    )


@register.simple_tag
def kind_symbols() -> SafeString:
    """Return the discs of all kinds once, for pages that show many with ``kind_disc``."""
    symbols = "".join(
        f'<symbol id="kind-{name}" viewBox="0 0 48 48">{_disc(name)}</symbol>'
        for name in KIND_GLYPHS
    )
    return mark_safe(  # noqa: S308  constants of this module
        f'<svg class="visually-hidden" aria-hidden="true">{symbols}</svg>'
    )


@register.simple_tag
def kind_disc(name: str) -> SafeString:
    """Return a disc that points to ``kind_symbols``; short, because a month holds many."""
    return format_html(
        '<svg class="disc kind--{}" aria-hidden="true"><use href="#kind-{}"/></svg>', name, name
    )


#: Which colour field the top of a page about this kind gets.
KIND_BANDS = {
    "pub": "yellow",
    "food": "tomato",
    "green": "pistachio",
    "making": "pink",
    "moving": "sky",
    "thinking": "sky",
}


@register.filter
def band_of(kind: str | None) -> str:
    """Return the colour field of a kind of event; yellow when there is no kind."""
    return KIND_BANDS.get(kind or "", "yellow")


@register.simple_tag
def bol(
    x: float, y: float, radius: float, ink: str, tilt: float = 0, eyes: str = "open"
) -> SafeString:
    """Return one neighbour: a circle with two cuts, and no mouth.

    Args:
        x, y: centre, in units of the drawing.
        radius: of the circle.
        ink: a name in ``INKS``.
        tilt: of the eyes, in degrees; the mood comes from it.
        eyes: ``open``, ``wink`` or ``shut``.
    """
    numbers = {
        "x": radius * 0.26,
        "x0": radius * 0.12,
        "x1": radius * 0.4,
        "y": radius * 0.32,
        "m": radius * 0.2,
        "h": radius * 0.27,
        "w": radius * 0.28,
    }
    path = EYES[eyes].format(**{name: round(number, 1) for name, number in numbers.items()})
    return format_html(
        '<g transform="translate({} {})"><circle r="{}" fill="{}"/><path transform="rotate({})"'
        ' d="{}" stroke="{}" stroke-width="{}" stroke-linecap="round"/></g>',
        x,
        y,
        radius,
        mark_safe(INKS[ink]),  # noqa: S308
        tilt,
        path,
        "#FFF" if ink == "ink" else INK,
        round(radius * 0.2, 1),
    )
