"""Live: what is true now. Answered by wallboard.metrics.live, not reckoned over a period."""

from typing import Final

from wallboard.metrics.metric import Metric

ORIGIN: Final = "wallboard, live figures"
"""Where the entries come from."""

LIVE: Final = (
    Metric(
        number="L1",
        slug="calls_waiting",
        title="Calls waiting",
        category="live",
        scope="inbound",
        unit="count",
        better="down",
        formula="calls in a queue now",
        tells="How many callers stand in a queue at this moment.",
        misleads=(
            "A call whose end the feed has not told yet still waits here; see what is said of"
            " the feed."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "queue.entered",
        ),
        reckoning=None,
    ),
    Metric(
        number="L2",
        slug="longest_wait",
        title="Longest wait",
        category="live",
        scope="inbound",
        unit="seconds",
        better="down",
        formula="now - earliest queue entry among calls waiting now",
        tells="How long the one who waits longest has waited in the queue where the call is now.",
        misleads=(
            "A caller passed on from another queue begins anew; of one lost call it can be hours."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "queue.entered",
        ),
        reckoning=None,
    ),
    Metric(
        number="L3",
        slug="calls_in_progress",
        title="Calls in progress",
        category="live",
        scope="all",
        unit="count",
        better="none",
        formula="calls started and not ended now",
        tells="How many calls there are at this moment: ringing, waiting and talking, in and out.",
        misleads="It is no measure of work: waiting calls and dials that still ring are in it.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=None,
    ),
    Metric(
        number="L4",
        slug="agents_by_state",
        title="Agents by state",
        category="live",
        scope="all",
        unit="breakdown",
        better="none",
        formula="agents by state now",
        tells="What every agent is doing at this moment.",
        misleads="An agent of whom nothing but a definition was ever heard counts as offline.",
        origin=ORIGIN,
        needs=("agent.changed",),
        reckoning=None,
    ),
    Metric(
        number="L5",
        slug="occupancy",
        title="Occupancy",
        category="live",
        scope="all",
        unit="ratio",
        better="none",
        formula=(
            "(ringing + dialling + on_call + on_hold + wrap_up) / (those + available) agent "
            "seconds in the window; paused and offline count in neither"
        ),
        tells="What part of their time agents were busy in the last half hour, pauses left out.",
        misleads=(
            "Above some 85 % for long it says more of exhaustion than of diligence; an agent "
            "who came late into the half hour weighs less."
        ),
        origin=ORIGIN,
        needs=("agent.changed",),
        reckoning=None,
    ),
    Metric(
        number="L6",
        slug="estimated_wait",
        title="Estimated wait",
        category="live",
        scope="inbound",
        unit="seconds",
        better="down",
        formula=(
            "(waiting + 1) x average handle time of the last 30 min / agents serving the "
            "queue; no agents: unknown, never zero"
        ),
        tells=(
            "How long a caller who joined now would wait, if calls go on taking as long as lately."
        ),
        misleads=(
            "It takes callers to be served in order by whoever is at work: in the first "
            "minutes of a rush, or with few calls to learn from, it is far off."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "agent.changed",
        ),
        reckoning=None,
    ),
)
