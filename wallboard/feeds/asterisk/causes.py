"""Why a leg or a call ended, from Q.850 causes and dial statuses."""

from typing import Final

from wallboard.events.calls import EndReason, LegCause
from wallboard.feeds.asterisk.channels import Call, Channel

OF_CAUSE: Final[dict[int, LegCause]] = {
    1: "failed",
    2: "failed",
    3: "failed",
    17: "busy",
    18: "no_answer",
    19: "no_answer",
    20: "failed",
    21: "rejected",
    22: "failed",
    26: "cancelled",
    27: "failed",
    28: "failed",
    29: "rejected",
    34: "congestion",
    38: "congestion",
    41: "congestion",
    42: "congestion",
    44: "congestion",
    47: "congestion",
    58: "failed",
}
"""What a Q.850 cause says of a channel that was never answered."""

OF_STATUS: Final[dict[str, LegCause]] = {
    "BUSY": "busy",
    "NOANSWER": "no_answer",
    "CANCEL": "cancelled",
    "CONGESTION": "congestion",
    "CHANUNAVAIL": "failed",
    "DONTCALL": "rejected",
    "TORTURE": "rejected",
}
"""What the end of dialling says, where the cause says nothing."""

OF_CONTACT: Final[dict[LegCause, EndReason]] = {
    "busy": "busy",
    "no_answer": "no_answer",
    "rejected": "rejected",
    "congestion": "failed",
    "failed": "failed",
    "cancelled": "no_answer",
}


def cause_of(channel: Channel, q850: int | None) -> LegCause:
    """Why a channel ended.

    The cause is asked before the status: of an originated call that a trunk refused, Asterisk says
    NOANSWER, and OriginateResponse nothing.
    """
    if channel.answered is not None:
        return "completed"
    if q850 is not None and q850 in OF_CAUSE:
        return OF_CAUSE[q850]
    if channel.status in OF_STATUS:
        return OF_STATUS[channel.status]
    return "cancelled" if channel.incoming else "no_answer"


def reason_of(call: Call) -> EndReason:
    """How a call ended, as its legs and its waits tell."""
    if call.voicemail:
        return "voicemail"
    if call.direction == "outbound":
        return _outbound(call)
    if call.served:
        return "completed"
    if call.last_stay == "refused":
        return "rejected"
    if call.last_stay == "timed_out":
        return "timed_out"
    if call.last_stay == "withdrawn":
        return "completed"
    left = call.hung_up is not None and call.hung_up[1] == "caller"
    if call.last_stay == "abandoned" or (left and call.direction == "inbound"):
        return "abandoned"
    return "no_answer" if call.rung else "completed"


def _outbound(call: Call) -> EndReason:
    if call.machine:
        return "machine"
    if call.contact_answered:
        return "abandoned" if call.last_stay == "abandoned" and not call.served else "completed"
    return OF_CONTACT.get(call.contact_cause or "failed", "failed")
