#!/bin/sh
# Runs a command with PostgreSQL and Redis: `with_services.sh pytest ...`.
# DATABASE_URL and CACHE_URL are used when set. For what is not set, private servers are started
# in a temporary folder on free ports, and always stopped afterwards.
set -eu

here=$(dirname "$0")
folder=$(mktemp -d)
chmod 755 "$folder"
redis=""

free_port() {
    "${PYTHON:-.venv/bin/python}" -c \
        'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

stop() {
    trap '' INT TERM
    [ ! -d "$folder/pg" ] || as_postgres "$bin/pg_ctl" -D "$folder/pg" -m immediate -s stop || true
    [ -z "$redis" ] || kill "$redis" 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "${DATABASE_URL:-}" ]; then
    sh "$here/system.sh" postgresql
    for bin in /usr/lib/postgresql/*/bin; do :; done
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    port=$(free_port)
    as_postgres "$bin/initdb" -D "$folder/pg" -U boloboost -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as_postgres "$bin/pg_ctl" -D "$folder/pg" -l "$folder/log" -s -w \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 ${POSTGRES_OPTIONS:-}" start
    "$bin/createdb" -h 127.0.0.1 -p "$port" -U boloboost boloboost
    DATABASE_URL="postgresql://boloboost@127.0.0.1:$port/boloboost"
fi
if [ -z "${CACHE_URL:-}" ]; then
    sh "$here/system.sh" redis-server
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --save "" --dir "$folder" >/dev/null &
    redis=$!
    until redis-cli -p "$port" ping >/dev/null 2>&1; do
        kill -0 "$redis" || { echo "Redis did not start." >&2; exit 1; }
        sleep 0.1
    done
    CACHE_URL="redis://127.0.0.1:$port/0"
fi
export DATABASE_URL CACHE_URL
"$@"
