"""A feed server that dies in mid-stream: nothing is lost, nothing is doubled."""

import json
import urllib.request
from typing import Any

from tests.endtoend.stage import SECONDS, TOKEN, Stage, until

CENTER = ("--days", "3", "--agents", "24")
ENOUGH = "SELECT applied FROM feeds WHERE applied > 2000"
FACTS = "SELECT id, started, ended, direction, result, answer_ms, wait_ms, talk_ms FROM calls"


def events_after(url: str, after: int, limit: int = 10_000) -> list[dict[str, Any]]:
    """Events as the server itself holds them."""
    address = f"http{url.removeprefix('ws')}?after={after}&limit={limit}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        events: list[dict[str, Any]] = json.loads(answer.read())
    return events


def all_events(url: str) -> list[dict[str, Any]]:
    """Everything that the server holds."""
    found: list[dict[str, Any]] = []
    while more := events_after(url, int(found[-1]["sequence"]) if found else 0):
        found += more
    return found


def test_server_that_is_killed_and_started_again(stage: Stage) -> None:
    """The collector resumes; in the end it holds what the server holds, each event once."""
    server, url = stage.serve(*CENTER)
    stage.follow(url)
    collector = stage.start("collect")
    before = until(lambda: stage.number(ENOUGH), "first events")
    server.process.kill()
    server.process.wait()
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'disconnected'"), "disconnection")

    address = url.removeprefix("ws://").removesuffix("/events")
    _, again = stage.serve(*CENTER, address=address)
    assert again == url

    def held() -> list[int]:
        rows = stage.ask("SELECT coverage FROM feeds WHERE feed = 'main'")
        return [int(end) for end in rows[0][0].split("-")] if "," not in rows[0][0] else []

    def holds_all() -> bool:
        ends = held()
        enough = len(ends) == 2 and ends[1] - ends[0] > 3 * before
        return enough and int(events_after(url, 0, 1)[0]["sequence"]) >= ends[0]

    until(holds_all, "whole coverage", 2 * SECONDS)
    collector.end()
    assert collector.process.returncode == 0
    first, last = held()

    events = [event for event in all_events(url) if first <= int(event["sequence"]) <= last]
    assert len(events) == last - first + 1
    assert stage.number("SELECT applied FROM feeds") == len(events)
    assert stage.ask("SELECT * FROM gaps WHERE recovered = 0") == []
    file, whole = stage.folder / "events.jsonl", stage.folder / "whole.sqlite"
    file.write_text("\n".join(json.dumps(event) for event in events))
    assert stage.run("import", "--cache", whole, file).returncode == 0
    identities = "SELECT id FROM seen ORDER BY id"
    assert stage.ask(identities) == stage.ask(identities, cache=whole)
    facts = sorted(stage.ask(FACTS))
    assert len(facts) > 100
    assert facts == sorted(stage.ask(FACTS, cache=whole))
    for table in ("minute_rollup", "hour_rollup"):
        question = f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4, 5"
        assert stage.ask(question) == stage.ask(question, cache=whole)
