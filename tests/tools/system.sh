#!/bin/sh
# Sees to it that these Debian packages' programs are there: `system.sh chromium gettext ...`.
# As root it installs what is missing; otherwise it stops and prints the one command to run.
set -eu

missing=""
for package in "$@"; do
    case "$package" in
        gettext) program=xgettext ;;
        postgresql) program=pg_lsclusters ;;
        *) program=$package ;;
    esac
    command -v "$program" >/dev/null 2>&1 || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # one word for each package
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Some programs are missing. Run this, then try again:" >&2
    echo "    sudo apt-get install$missing" >&2
    exit 1
fi
