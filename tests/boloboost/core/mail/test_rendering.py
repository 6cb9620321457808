from pathlib import Path
from typing import Any

import pytest
from django.template import TemplateDoesNotExist
from django.utils import translation
from wagtail.models import Site

from boloboost.core.mail.rendering import home_url, render_templates
from boloboost.core.models import NeighbourhoodSettings

MARKER = '"><svg onload=alert(1)>'
TEMPLATES = {
    "test/hello.txt": (
        '{% extends "core/mail/base.txt" %}{% block content %}Hi {{ name }}\n\n\n \nBye'
        "{% endblock %}"
    ),
    "test/hello.html": (
        '{% extends "core/mail/base.html" %}{% block content %}<p>Hi {{ name }}</p>'
        '{% include "core/mail/button.html" with url=url label="Look" %}{% endblock %}'
    ),
}


@pytest.fixture(autouse=True)
def _templates(tmp_path: Path, settings: Any) -> None:
    for name, source in TEMPLATES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source)
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]


def test_html_is_escaped_and_text_is_not() -> None:
    text, html = render_templates("test/hello", {"name": MARKER})
    assert f"Hi {MARKER}" in text
    assert MARKER not in html
    assert "&lt;svg onload" in html


def test_an_address_in_a_button_is_escaped() -> None:
    _, html = render_templates("test/hello", {"url": MARKER})
    assert MARKER not in html
    assert 'class="button"' in html


def test_the_text_has_no_ragged_gaps() -> None:
    text, _ = render_templates("test/hello", {"name": "Sam"})
    assert text == "Hi Sam\n\nBye\n"


def test_nothing_in_the_mail_comes_from_elsewhere() -> None:
    _, html = render_templates("test/hello", {"name": "Sam"})
    for word in ("<img", "<script", "<link", "url(", "@import", "src=", "http"):
        assert word not in html


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_mail_says_its_language_and_is_readable_in_the_dark(language: str) -> None:
    with translation.override(language):
        _, html = render_templates("test/hello", {})
    assert f'<html lang="{language}"' in html
    assert "prefers-color-scheme: dark" in html
    assert '<meta name="color-scheme" content="light dark">' in html


def test_a_language_from_right_to_left_is_laid_out_that_way() -> None:
    with translation.override("ar"):
        _, html = render_templates("test/hello", {})
    assert 'dir="rtl"' in html


@pytest.mark.django_db
def test_the_footer_names_the_neighbourhood_and_its_address(site: Site) -> None:
    NeighbourhoodSettings.objects.update_or_create(
        site=site, defaults={"name": "BoLo", "neighbourhood": "Bos en Lommer"}
    )
    with translation.override("en"):
        text, html = render_templates("test/hello", {}, site=site)
    for part in (text, html):
        assert "BoLo" in part
        assert "Bos en Lommer" in part
        assert f"{site.root_url}/en/" in part


@pytest.mark.django_db
def test_the_default_language_has_no_prefix(site: Site) -> None:
    with translation.override("nl"):
        assert home_url(site) == f"{site.root_url}/"


def test_a_mail_without_one_of_its_templates_is_not_half_sent() -> None:
    with pytest.raises(TemplateDoesNotExist):
        render_templates("test/nothing", {})
