"""Checks migrations and, with production settings, what `check --deploy` looks at.

Run by ``make check``; the values of the environment are thrown away afterwards.
"""

import os
import secrets
import subprocess
import sys
import tempfile

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "boloboost.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "SITE_URL": "https://boloboost.example",
}
COMMANDS = (
    ["migrate", "--noinput", "--verbosity=0"],
    ["makemigrations", "--check", "--dry-run"],
    ["check", "--deploy", "--fail-level=WARNING"],
)


def main() -> int:
    """Run the commands on an empty database; return the first exit code that is not 0."""
    with tempfile.TemporaryDirectory() as folder:
        env = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        env |= PRODUCTION | {"VAR_DIR": folder}
        for command in COMMANDS:
            code = subprocess.run([sys.executable, "manage.py", *command], env=env).returncode
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
