"""What the accounts' own people see: reports that are delivered, audited and looked at."""

from typing import TYPE_CHECKING

from wallboard.simulation.definitions import ROLES
from wallboard.simulation.lines import ACCOUNTS, Account
from wallboard.simulation.stage import Stage, Steps

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

CLIENTS = ACCOUNTS[1:]
REPORTS = ("campaign-results", "call-reports", "drop-compliance")


def deliver(stage: Stage) -> Steps:
    """Each client gets its reports in the morning, once in a while late or not at all."""
    yield stage.wait(stage.block.seconds / 8)
    for account in CLIENTS:
        for report in REPORTS:
            _delivery(stage, account, report)
            yield stage.wait(20)


def _delivery(stage: Stage, account: Account, report: str) -> None:
    random = stage.random
    identity = stage.identify("d")
    data: Data = {
        "delivery": identity,
        "report": report,
        "account": account.id,
        "due": stage.time(60),
        "delivered": stage.time() if random.random() < 0.96 else None,
        "white_label": account.id != "sakura",
        "right_recipients": random.random() < 0.99,
        "right_data": random.random() < 0.985,
    }
    stage.emit("report.delivered", identity, data)
    if random.random() < 0.4:
        audit: Data = {"account": account.id, "report": report, "correct": random.random() < 0.95}
        name = f"{identity}-a"
        stage.emit("report.audited", name, {"audit": name, **audit})


def view(stage: Stage) -> Steps:
    """Clients' users look at their dashboards through the day."""
    while stage.now < stage.closing:
        yield stage.wait(stage.random.expovariate(1 / 3_000))
        account = stage.random.choice(CLIENTS)
        identity = stage.identify("h")
        data: Data = {
            "view": identity,
            "user": f"{account.id}-{stage.random.choice(ROLES[:2])}",
            "account": account.id,
            "dashboard": stage.random.choice(("overview", "campaigns", "quality")),
        }
        stage.emit("dashboard.viewed", identity, data)
