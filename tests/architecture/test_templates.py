"""Public templates fit the strict content policy and ask nothing of another host."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("boloboost", "brand", "events", "home")
#: Mail programs read no style sheets; the admin comes under a wider policy.
OTHER_FOLDERS = {"admin", "mail", "wagtailadmin"}
ADMIN_BASE = '{% extends "wagtailadmin/'
PUBLIC = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("templates/**/*.html")
    if not OTHER_FOLDERS & set(path.parts) and ADMIN_BASE not in path.read_text()
)
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))

INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
DATA = re.compile(r"type=\"application/(?:ld\+)?json\"")
FROM_ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\s(?:src|srcset|data)="
    r"[\"'](?:https?:)?//"
    r"|<link\b(?![^>]*rel=\"(?:canonical|alternate)\")[^>]*href=[\"'](?:https?:)?//",
    re.IGNORECASE,
)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_public_templates() -> None:
    assert PUBLIC


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_a_public_template_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert INLINE_STYLE.findall(text) == []
    assert INLINE_HANDLER.findall(text) == []
    inline = [
        attributes
        for attributes in SCRIPT.findall(text)
        if "src=" not in attributes and not DATA.search(attributes)
    ]
    assert inline == []


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_a_public_template_asks_nothing_of_another_host(path: Path) -> None:
    assert FROM_ELSEWHERE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_a_style_sheet_asks_nothing_of_another_host(path: Path) -> None:
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", path.read_text()) == []


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_a_public_form_asks_for_no_cookie(path: Path) -> None:
    """A CSRF token sets a cookie; only the pages of the accounts may ask for one."""
    if "account" not in path.parts and "mfa" not in path.parts:
        assert "csrf_token" not in path.read_text()
