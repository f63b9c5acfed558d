"""The services that the platform charges its accounts for."""

from typing import TYPE_CHECKING

from wallboard.simulation.stage import Stage

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

PRICES = {
    "outbound voice": ("minute", 0.02),
    "transcription": ("minute", 0.008),
    "sms": ("message", 0.011),
    "email": ("message", 0.0009),
}
"""Unit and price of each service."""


def use_service(stage: Stage, service: str, account: str, quantity: float, **of: object) -> None:
    """Charge so much of a service, for a call or a message and a campaign (``of``)."""
    unit, price = PRICES[service]
    identity = stage.identify("u")
    data: Data = {
        "use": identity,
        "service": service,
        "account": account,
        "quantity": quantity,
        "unit": unit,
        "price": price,
        "amount": round(quantity * price, 5),
        **{name: value for name, value in of.items() if value is not None},
    }
    stage.emit("service.used", identity, data)
