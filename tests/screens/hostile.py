"""Events whose names try to be markup, terminal codes, other scripts, or endless."""

from tests.screens.center import event

NAMES = (
    "[bold red]vip[/] Dupont",
    "[/]",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "محمد علي",
    "サポート窓口の長い名前がここに続く",
    "a\u202eevil\u202c b\u200b\u200b c",
    "z" + "\u0300" * 200,
    "👩‍👩‍👧‍👦 family " + "x" * 5_000,
)


def hostile_events(now: int) -> list[bytes]:
    """Definitions with hostile names, a call that goes on and one that ended."""
    events: list[bytes] = []

    def add(type_: str, before: int, **data: object) -> None:
        events.append(event(type_, now - before * 1000, data, len(events) + 1))

    start = 600
    for at, name in enumerate(NAMES):
        add("queue.defined", start, queue=f"q{at}", name=name)
        add("campaign.defined", start, campaign=f"c{at}", name=name, direction="inbound",
            channel="voice")  # fmt: skip
        add("agent.defined", start, agent=f"a{at}", name=name, team=name)
        add("agent.changed", start, agent=f"a{at}", presence="paused", reason=name,
            activity="idle", queues=[f"q{at}"])  # fmt: skip
    for call, ended in (("[red]one", True), ("two\x1b[0m", False)):
        add("call.started", 300, call=call, direction="inbound", campaign="c0",
            from_number="+14155550171", to_number="+14155550100")  # fmt: skip
        add("leg.started", 300, leg=f"{call}b", call=call, kind="B", number="+14155550171",
            name=NAMES[0])  # fmt: skip
        add("leg.answered", 299, leg=f"{call}b", call=call)
        add("queue.entered", 299, call=call, queue="q0", position=1)
        add("queue.left", 280, call=call, queue="q0", reason="answered", agent="a2")
        add("leg.started", 285, leg=f"{call}a", call=call, kind="A", agent="a2")
        add("leg.answered", 280, leg=f"{call}a", call=call)
        if ended:
            add("leg.ended", 200, leg=f"{call}a", call=call, cause="completed", by="caller")
            add("call.ended", 200, call=call, reason="completed", by="caller")
            add("call.outcome", 190, call=call, agent="a2", disposition=NAMES[2],
                notes=f"{NAMES[0]} call back on +1 415 555 0171", tags=[NAMES[1]],
                survey=[{"question": NAMES[0], "answer": NAMES[2]}])  # fmt: skip
    return events
