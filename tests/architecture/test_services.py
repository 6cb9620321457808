"""Services that write are called by name; all are typed, and told the time."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("boloboost", "brand", "events", "home")
SERVICES = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if path.name == "services.py" or "services" in path.parent.parts
)
#: These tell the time when they are called without a time.
CONVERTERS = {("timezone", "localtime"), ("timezone", "localdate")}
CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def test_there_are_services() -> None:
    assert any(True for path in SERVICES for _ in public_functions(path))


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_what_opens_a_transaction_is_called_by_name(path: Path) -> None:
    positional = [
        function.name
        for function in public_functions(path)
        if "transaction.atomic" in ast.unparse(function)
        and (function.args.args or function.args.posonlyargs or function.args.vararg)
    ]
    assert positional == []


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_a_service_is_typed_and_told(path: Path) -> None:
    bare = [
        function.name
        for function in public_functions(path)
        if function.returns is None
        or not ast.get_docstring(function)
        or any(argument.annotation is None for argument in function.args.kwonlyargs)
    ]
    assert bare == []


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_a_service_looks_at_no_clock(path: Path) -> None:
    looks = [
        f"line {call.lineno}"
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and looks_at_clock(call)
    ]
    assert looks == []


def looks_at_clock(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or not isinstance(call.func.value, ast.Name):
        return False
    name = (call.func.value.id, call.func.attr)
    return name in CLOCKS or (name in CONVERTERS and not call.args)
