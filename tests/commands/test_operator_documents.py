"""docs/operations.md has every key of `status --format json`, and no other."""

import ast
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.endtoend.stage import PROJECT, Stage
from wallboard.commands.status_values import STATES

SOURCES = [
    PROJECT / "wallboard" / "commands" / f"status_{name}.py" for name in ("values", "alarms")
]
ELSEWHERE = {"begun_anew", "advice", *STATES}
"""Keys that are no literals there."""


def written() -> set[str]:
    """Every key of an object that the sources make."""
    keys = set(ELSEWHERE)
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                keys |= {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
    return keys


def documented(document: Path) -> set[str]:
    """The words in the table of keys, but for what stands in brackets as a value."""
    table = document.read_text(encoding="utf-8").partition("### `status --format json`")[2]
    return set(re.findall(r"`(\w+)(?:\[\])?`", table.partition("\n## ")[0]))


def keys_of(value: Any) -> set[str]:
    """The keys of objects within objects."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def test_every_key_is_documented(stage: Stage) -> None:
    """Those of the sources, and those that a status really has."""
    known = documented(PROJECT / "docs" / "operations.md")
    assert known == written()
    time = datetime.now(UTC).isoformat()
    lines = [
        {"type": kind, "time": time, "data": data}
        for kind, data in (
            ("agent.changed", {"agent": "a1", "presence": "available"}),
            ("queue.defined", {"queue": "q1", "name": "Support"}),
            ("call.started", {"call": "c1", "direction": "up"}),
        )
    ]
    text = "\n".join(
        json.dumps({"specversion": "1.0", "source": "tests", "id": f"e{number}"} | line)
        for number, line in enumerate(lines)
    )
    assert stage.run("import", "-", given=text.encode()).returncode == 0
    status = json.loads(stage.run("status", "--format", "json").stdout)
    assert status["agents"]
    assert status["queues"]
    assert status["quarantine"]["latest"]
    assert keys_of(status) <= known
