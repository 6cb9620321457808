#!/bin/sh
# Pins the requirements again; what is pinned stays unless an option such as --upgrade says so.
set -eu
export UV_CUSTOM_COMPILE_COMMAND="make lock"

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links "$@"
}
compile "$@" requirements.in -o requirements.txt
compile "$@" requirements.in --override requirements-next.in -o requirements-next.txt
compile "$@" tests/requirements.in -o tests/requirements.txt
