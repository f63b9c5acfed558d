"""What becomes known of a conversation after it: outcome, analysis, sales, checks, exports."""

from typing import TYPE_CHECKING
from zlib import crc32

from wallboard.simulation.calls import Call
from wallboard.simulation.floor import Agent
from wallboard.simulation.stage import Stage

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

PHRASES = ("cancel my contract", "speak to a manager", "better price", "thank you", "next week")
INTENTS = ("support", "purchase", "billing question", "cancellation", "none")
AD_PLATFORMS = {"google": "google-ads", "bing": "microsoft-ads", "facebook": "meta"}
NOTED_WRONGLY = 12
"""One in so many outcomes is another to who listens again."""
QUESTIONS = ("How satisfied are you?", "Would you recommend us?")

# Per kind of call: disposition, outcome, share, flags.
RESULTS: dict[str, tuple[tuple[str, str, float, tuple[str, ...]], ...]] = {
    "support": (
        ("Solved", "support", 0.66, ()),
        ("Ticket opened", "support", 0.22, ()),
        ("Engineer booked", "booked", 0.06, ("appointment", "qualified")),
        ("Wrong number", "other", 0.03, ("wrong_number",)),
        ("Spam", "spam", 0.03, ("spam",)),
    ),
    "billing": (
        ("Explained", "support", 0.62, ()),
        ("Refund", "support", 0.16, ()),
        ("Payment taken", "other", 0.17, ()),
        ("Wrong number", "other", 0.05, ("wrong_number",)),
    ),
    "sales": (
        ("Order taken", "sold", 0.17, ("qualified", "lead", "converted")),
        ("Quote sent", "quoted", 0.20, ("qualified", "lead", "quote")),
        ("Visit booked", "booked", 0.12, ("qualified", "lead", "appointment")),
        ("Question answered", "other", 0.29, ()),
        ("Not interested", "lost", 0.17, ()),
        ("Spam", "spam", 0.05, ("spam",)),
    ),
    "outbound": (
        ("Sale", "sold", 0.085, ("qualified", "converted")),
        ("Supporter", "booked", 0.11, ("qualified", "lead")),
        ("Call back later", "other", 0.20, ()),
        ("Not interested", "lost", 0.43, ()),
        ("Refused", "lost", 0.12, ()),
        ("Wrong number", "other", 0.055, ("wrong_number",)),
    ),
}


def note_outcome(stage: Stage, call: Call, agent: Agent) -> None:
    """The agent says what the call came to; orders and quotes have their money."""
    random = stage.random
    results = RESULTS[call.call_type if call.call_type in RESULTS else "support"]
    chosen = random.choices(results, [result[2] for result in results])[0]
    disposition, outcome, _, flags = chosen
    data: Data = {
        "call": call.id,
        "agent": agent.id,
        "disposition": disposition,
        "outcome": outcome,
        "call_type": call.call_type if call.call_type != "outbound" else "campaign",
    }
    data |= dict.fromkeys(flags, True)
    value = round(stage.around(160, 0.7), 2)
    if "quote" in flags:
        data["quote_value"] = value
    if "lead" in flags:
        data["lead_score"] = random.randint(35, 98)
    if random.random() < 0.08:
        data["survey"] = [
            {"question": question, "answer": str(random.randint(2, 5))} for question in QUESTIONS
        ]
    if random.random() < 0.1:
        data["notes"] = random.choice(
            ("Called twice before", "Prefers mail", "Très aimable", "急ぎ")
        )
    stage.emit("call.outcome", call.id, data)
    call.outcome, call.is_spam = outcome, "spam" in flags
    if outcome == "sold":
        _sell(stage, call, value, agent)
    elif "quote" in flags:
        _open_opportunity(stage, call, value)
    if flags and call.source in AD_PLATFORMS:
        platform = AD_PLATFORMS[call.source]
        stage.after(random.uniform(60, 600), lambda: _export(stage, call, platform))


def describe(stage: Stage, call: Call) -> None:
    """What machines find out about the call in the minutes after it."""
    random = stage.random
    if random.random() < 0.7:
        length = stage.since(call.started)
        data: Data = {
            "call": call.id,
            "intent": random.choice(INTENTS),
            "sentiment": round(max(-1.0, min(1.0, random.gauss(0.22, 0.4))), 2),
            "transcribed": random.random() < 0.96,
            "silence_seconds": round(length * random.uniform(0.02, 0.2), 1),
            "dead_air_count": random.choices((0, 1, 2), (0.84, 0.13, 0.03))[0],
            "script_steps_required": 8,
            "script_steps_followed": random.choices((8, 7, 6, 5), (0.6, 0.25, 0.1, 0.05))[0],
            "phrases": [phrase for phrase in PHRASES if random.random() < 0.08],
        }
        stage.after(random.uniform(15, 90), lambda: stage.emit("call.analysed", call.id, data))
    if call.direction == "inbound":
        record = f"crm-{crc32(call.person.number.encode()):08x}" if random.random() < 0.86 else None
        stage.emit("call.matched", call.id, {"call": call.id, "record": record})
    if random.random() < 0.25:
        rule = random.choice(("consent", "recording_notice", "retention"))
        checked: Data = {"call": call.id, "rule": rule, "passed": random.random() < 0.975}
        stage.after(random.uniform(30, 200), lambda: stage.emit("call.checked", call.id, checked))
    if random.random() < 0.03:
        is_judged_wrongly = random.random() < 0.05
        stage.after(random.uniform(600, 3_000), lambda: _review(stage, call, is_judged_wrongly))


def _review(stage: Stage, call: Call, is_judged_wrongly: bool) -> None:
    """Somebody listens again, and mostly finds what the agent noted."""
    found = call.outcome or "no_answer"
    if crc32(call.id.encode()) % NOTED_WRONGLY == 0:
        found = "other" if found != "other" else "lost"
    data: Data = {"call": call.id, "spam": call.is_spam != is_judged_wrongly, "outcome": found}
    stage.emit("call.reviewed", call.id, data)


def _sell(stage: Stage, call: Call, value: float, agent: Agent) -> None:
    sale = stage.identify("s")
    data: Data = {"sale": sale, "call": call.id, "agent": agent.id, "amount": value}
    if not call.withheld:
        data["phone"] = call.person.number
    if call.contact:
        data["contact"] = call.contact
    stage.emit("sale.recorded", sale, data)


def _open_opportunity(stage: Stage, call: Call, value: float) -> None:
    opportunity = stage.identify("o")
    data: Data = {"opportunity": opportunity, "call": call.id, "value": value}
    if not call.withheld:
        data["phone"] = call.person.number
    stage.emit("opportunity.changed", opportunity, {**data, "stage": "open"})
    if stage.chance(0.5):
        stage_reached = "won" if stage.chance(0.45) else "lost"
        stage.after(
            stage.random.uniform(1_200, 14_000),
            lambda: stage.emit(
                "opportunity.changed", opportunity, {**data, "stage": stage_reached}
            ),
        )


def _export(stage: Stage, call: Call, platform: str) -> None:
    data: Data = {"call": call.id, "platform": platform, "ok": True}
    if stage.chance(0.04):
        data |= {"ok": False, "error": "The click is older than the platform accepts."}
    stage.emit("call.exported", call.id, data)
