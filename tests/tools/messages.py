"""Brings the catalogues in line with the texts in the code, and compiles them.

Run by ``make messages``. Prints what still has to be translated.
"""

import os
import sys
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "boloboost" / "locale"
FOLDERS_WITHOUT_TEXTS = ["tests", "docs", "var", ".venv", ".venv-next"]


def extract(root: Path = ROOT) -> None:
    """Write the texts of the code under ``root`` into its catalogues.

    Django must have been set up from ``root``: its settings say where the catalogues are.
    """
    if root != settings.BASE_DIR:
        raise ValueError(f"The settings are those of {settings.BASE_DIR}, not of {root}.")
    os.chdir(root)
    call_command(
        "makemessages",
        locale=["nl", "en"],
        ignore_patterns=FOLDERS_WITHOUT_TEXTS,
        no_obsolete=True,
        add_location="file",
        verbosity=0,
    )


def compile_catalogue(path: Path) -> list[str]:
    """Write the .mo file beside a .po file; return the texts that have no good translation."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    if path.parents[1].name == "en":
        return []
    return [str(entry.id) for entry in catalogue if entry.id and (entry.fuzzy or not entry.string)]


def main() -> int:
    """Update and compile all catalogues; return 1 when a translation is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boloboost.settings.test")
    sys.path.insert(0, str(ROOT))
    django.setup()
    extract()
    missing = [
        f"{path.parents[1].name}: {text}"
        for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
        for text in compile_catalogue(path)
    ]
    print("\n".join(["To translate:", *missing]) if missing else "All texts are translated.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
