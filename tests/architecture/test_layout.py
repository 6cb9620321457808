"""The house as docs/architecture.md lays it out: folders, sizes of modules, locked requirements."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
APPS = ("boloboost", "brand", "events", "home")
TOP_LEVEL_FOLDERS = {*APPS, "static", "tests", "docs", ".ci"}
MODULE_LINES = 400
SERVICE_LINES = 300
FUNCTION_LINES = 40

MODULES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
LOCKS = {
    "requirements.txt": ["requirements.in"],
    "requirements-next.txt": ["requirements.in", "requirements-next.in"],
    "tests/requirements.txt": ["tests/requirements.in"],
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_top_level_has_only_the_agreed_folders() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    folders = {line.split("/")[0] for line in listed.stdout.splitlines() if "/" in line}
    assert folders <= TOP_LEVEL_FOLDERS


def test_modules_stay_short() -> None:
    sizes = {_name(path): len(path.read_text().splitlines()) for path in MODULES}
    limits = {name: SERVICE_LINES if "/services" in name else MODULE_LINES for name in sizes}
    assert {name: size for name, size in sizes.items() if size > limits[name]} == {}


def test_functions_stay_short() -> None:
    long = [
        f"{_name(path)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and _code_lines(node) > FUNCTION_LINES
    ]
    assert long == []


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the length of a function, less the docstring that explains it."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_a_test_is_found_by_swapping_the_folder() -> None:
    tests = [path for app in APPS for path in (ROOT / "tests" / app).rglob("test_*.py")]
    homeless = [
        _name(path)
        for path in tests
        if not (ROOT / path.relative_to(ROOT / "tests").parent).is_dir()
    ]
    assert homeless == []


def _wanted(source: str) -> dict[str, Requirement]:
    lines = (ROOT / source).read_text().splitlines()
    wanted = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    return {canonicalize_name(requirement.name): requirement for requirement in wanted}


def _pinned(lock: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"(?m)^([\w.-]+)==([^ ]+)", (ROOT / lock).read_text()):
        pins.setdefault(canonicalize_name(name), set()).add(version)
    return pins


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_its_sources_ask_for(lock: str) -> None:
    wanted: dict[str, Requirement] = {}
    for source in LOCKS[lock]:
        wanted |= _wanted(source)
    pinned = _pinned(lock)
    missing = [
        str(requirement)
        for name, requirement in wanted.items()
        if not any(requirement.specifier.contains(pin) for pin in pinned.get(name, ()))
    ]
    assert missing == [], "Run `make lock`."


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_path(lock: str) -> None:
    assert re.findall(r"https?://|file:|--(?:extra-)?index-url|--find-links| /\w+/", lock) == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-next.txt"])
def test_the_tests_run_on_the_versions_of_the_site(lock: str) -> None:
    site, tests = _pinned(lock), _pinned("tests/requirements.txt")
    assert {
        name: tests[name] for name in site.keys() & tests.keys() if site[name] != tests[name]
    } == {}


def test_every_requirement_is_used() -> None:
    modules_of = {
        "django": "django",
        "django-allauth": "allauth",
        "django-csp": "csp",
        "django-tasks": "django_tasks",
        "django-tasks-db": "django_tasks_db",
        "psycopg": "django.db.backends.postgresql",
    }
    code = "\n".join(path.read_text() for path in MODULES)
    unused = [
        name
        for name in _wanted("requirements.in")
        if not re.search(rf"\b{re.escape(modules_of.get(name, name))}\b", code)
    ]
    assert unused == []
