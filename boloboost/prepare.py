"""What `make run` does before it serves: tables, static files and, once, the sample neighbourhood.

``python -m boloboost.prepare`` does all of it in one process and only what is needed, so that a
second start takes seconds. Each step may be interrupted: the next start finishes it.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from .serve import Options, check_port
from .supervisor import CannotServe


def static_fingerprint() -> str:
    """Return a hash of the names, sizes and times of all static files."""
    digest = hashlib.sha256(settings.STATIC_URL.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            changed = storage.get_modified_time(path).timestamp()
            digest.update(f"{path} {storage.size(path)} {changed}\n".encode())
    return digest.hexdigest()


def collect_static() -> bool:
    """Collect the static files when one changed since the last time; return whether it did."""
    mark = Path(settings.VAR_DIR) / "static.fingerprint"
    wanted = static_fingerprint()
    if mark.exists() and mark.read_text() == wanted and Path(settings.STATIC_ROOT).exists():
        return False
    print("Collecting style sheets and scripts.", flush=True)
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(wanted)
    return True


def load_sample() -> bool:
    """Load the sample neighbourhood once for each address; return whether it did.

    A later start keeps what people changed, and what they deleted stays deleted.
    """
    mark = Path(settings.VAR_DIR) / "sample.address"
    if mark.exists() and mark.read_text() == settings.SITE_URL:
        return False
    call_command("seed_demo")
    mark.write_text(settings.SITE_URL)
    return True


def main() -> int:
    """Bring the database and the files up to date; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boloboost.settings.development")
    try:
        options = Options.read(os.environ)
        check_port(options.host, options.port)
    except CannotServe as error:
        print(error, flush=True)
        return 1
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    if settings.SAMPLE:
        load_sample()
    return 0


if __name__ == "__main__":
    sys.exit(main())
