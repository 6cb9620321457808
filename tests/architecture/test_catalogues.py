"""The catalogues: every text of the code is in them, and every text has a translation."""

import os
import shutil
import subprocess
import sys
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("nl", "en")
WITH_TEXTS = ("boloboost", "brand", "events", "home")


def catalogue_path(language: str, root: Path = ROOT) -> Path:
    return root / "boloboost" / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str, root: Path = ROOT) -> Catalog:
    with catalogue_path(language, root).open("rb") as file:
        return read_po(file)


def texts(found: Catalog) -> set[tuple[str, str | None]]:
    """Return the texts with their contexts, in the form of the plural where there is one."""
    return {(str(entry.id), entry.context) for entry in found if entry.id}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code whose catalogues were just brought in line with it."""
    copy = tmp_path_factory.mktemp("messages")
    for folder in (*WITH_TEXTS, "static"):
        shutil.copytree(ROOT / folder, copy / folder)
    script = (
        "import sys; from pathlib import Path; import django; django.setup();"
        " from tests.tools.messages import extract; extract(Path(sys.argv[1]))"
    )
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "boloboost.settings.test",
        "PYTHONPATH": os.pathsep.join([str(copy), str(ROOT)]),
        "VAR_DIR": str(copy / "var"),
    }
    subprocess.run([sys.executable, "-c", script, str(copy)], cwd=copy, env=env, check=True)
    return copy


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_exactly_the_texts_of_the_code(language: str, extracted: Path) -> None:
    ours, fresh = texts(catalogue(language)), texts(catalogue(language, extracted))
    assert (ours - fresh, fresh - ours) == (set(), set()), "Run `make messages`."


def test_the_languages_have_the_same_texts() -> None:
    assert texts(catalogue("nl")) == texts(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [entry.id for entry in catalogue(language) if entry.id and entry.fuzzy] == []


def test_every_text_has_a_dutch_translation() -> None:
    def is_complete(string: str | tuple[str, ...]) -> bool:
        return all(string) if isinstance(string, tuple) else bool(string)

    empty = [entry.id for entry in catalogue("nl") if entry.id and not is_complete(entry.string)]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_blanks_to_fill(language: str) -> None:
    wrong = [
        (entry.id, [str(error) for error in errors])
        for entry, errors in catalogue(language).check()
        if entry.string
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_has_these_translations(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    with catalogue_path(language).with_suffix(".mo").open("rb") as file:
        on_disk = GNUTranslations(file)._catalog
    wanted = GNUTranslations(compiled)._catalog
    for entries in (on_disk, wanted):
        entries.pop("", None)
    assert on_disk == wanted, "Run `make messages`."
