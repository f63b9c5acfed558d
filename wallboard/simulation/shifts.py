"""A working day of one agent: sign-in, breaks, lunch, training, and the way home."""

from wallboard.simulation.floor import Agent, Floor
from wallboard.simulation.roster import Worker
from wallboard.simulation.stage import Stage, Steps

HOUR = 3600
LAST_SIGN_OFF = 45
"""Seconds before the end of the block at which the last agents leave."""


def work(stage: Stage, floor: Floor, worker: Worker, staffed: float) -> Steps:
    """Everything that this agent does of his own accord in the block."""
    random = stage.random
    # Multiples of an irrational number thin every team and shift out evenly.
    day = stage.block.local(0).timetuple().tm_yday
    stays_away = (int(worker.id[1:]) * 0.8392867552 + day * 0.37) % 1 >= staffed
    # A block that was cut begins later than at 04:00: the shift keeps its local hours.
    local = stage.block.local(0)
    cut = (local.hour + local.minute / 60 - 4) % 24 * HOUR
    begins = worker.shift.begins * HOUR - cut + random.uniform(-300, 200)
    ends = worker.shift.ends * HOUR - cut + random.uniform(-120, 300)
    ends = min(ends, stage.block.seconds - LAST_SIGN_OFF - random.uniform(0, 10))
    if stays_away or begins > stage.closing or ends < 300:
        return
    yield stage.wait(max(begins, random.uniform(0.2, 12)))
    agent = Agent(worker)
    floor.sign_in(agent)
    for at, reason, seconds in _pauses(stage, begins, ends):
        if at <= stage.now:
            continue
        yield stage.wait(at - stage.now)
        if reason == "fault":
            floor.fail(agent, seconds)
        else:
            floor.ask_pause(agent, reason, seconds)
    yield stage.wait(max(0.0, ends - stage.now))
    floor.sign_off(agent)


def _pauses(stage: Stage, begins: float, ends: float) -> list[tuple[float, str, float]]:
    """When, why and for how many seconds, in order of time."""
    random = stage.random
    length = ends - begins
    plan = [
        (begins + length * random.uniform(0.2, 0.3), "break", random.gauss(900, 90)),
        (begins + length * random.uniform(0.42, 0.58), "lunch", random.gauss(1_950, 240)),
        (begins + length * random.uniform(0.72, 0.85), "break", random.gauss(900, 90)),
    ]
    for reason, share, mean in (
        ("training", 0.12, 1_800),
        ("meeting", 0.20, 1_200),
        ("personal", 0.8, 260),
        ("coaching", 0.12, 900),
        ("fault", 0.5, 150),
    ):
        if random.random() < share:
            at = begins + length * random.uniform(0.05, 0.95)
            plan.append((at, reason, random.gauss(mean, mean / 6)))
    last = ends - 240
    return sorted((at, reason, max(40.0, long)) for at, reason, long in plan if at + long < last)
