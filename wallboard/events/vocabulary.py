"""The whole vocabulary of the feed in one table: the name of each event type and its struct."""

from typing import Final

from wallboard.events import agents, calls, control, definitions, marketing, messages
from wallboard.events.kinds import Data

CALL_TYPES: Final[dict[str, type[Data]]] = {
    "call.started": calls.CallStarted,
    "leg.started": calls.LegStarted,
    "leg.answered": calls.LegAnswered,
    "leg.held": calls.LegHeld,
    "leg.resumed": calls.LegResumed,
    "leg.ended": calls.LegEnded,
    "queue.entered": calls.QueueEntered,
    "queue.left": calls.QueueLeft,
    "call.transferred": calls.CallTransferred,
    "call.recording": calls.CallRecording,
    "call.ended": calls.CallEnded,
    "call.wrapped": calls.CallWrapped,
    "call.outcome": calls.CallOutcome,
    "call.analysed": calls.CallAnalysed,
    "call.reviewed": calls.CallReviewed,
    "call.matched": calls.CallMatched,
    "call.exported": calls.CallExported,
    "call.checked": calls.CallChecked,
    "connect.attempted": calls.ConnectAttempted,
}
"""Events that are part of one call: each names it in its field `call`."""

TYPES: Final[dict[str, type[Data]]] = {
    "account.defined": definitions.AccountDefined,
    "campaign.defined": definitions.CampaignDefined,
    "queue.defined": definitions.QueueDefined,
    "agent.defined": definitions.AgentDefined,
    "user.defined": definitions.UserDefined,
    "list.loaded": definitions.ListLoaded,
    "contact.added": definitions.ContactAdded,
    "contact.filtered": definitions.ContactFiltered,
    **CALL_TYPES,
    "agent.changed": agents.AgentChanged,
    "visit.started": marketing.VisitStarted,
    "exposure.shown": marketing.ExposureShown,
    "engagement.made": marketing.EngagementMade,
    "goal.reached": marketing.GoalReached,
    "touch.recorded": marketing.TouchRecorded,
    "spend.recorded": marketing.SpendRecorded,
    "opportunity.changed": marketing.OpportunityChanged,
    "sale.recorded": marketing.SaleRecorded,
    "number.shown": marketing.NumberShown,
    "pool.sampled": marketing.PoolSampled,
    "message.sent": messages.MessageSent,
    "message.delivered": messages.MessageDelivered,
    "message.failed": messages.MessageFailed,
    "service.used": messages.ServiceUsed,
    "report.delivered": messages.ReportDelivered,
    "report.audited": messages.ReportAudited,
    "dashboard.viewed": messages.DashboardViewed,
}
"""Every type that says something of the call center."""

CONTROL_TYPES: Final[dict[str, type[Data]]] = {
    "feed.hello": control.FeedHello,
    "feed.heartbeat": control.FeedHeartbeat,
}
"""Types that say something of the feed itself."""

NAMES: Final[dict[type[Data], str]] = {data: name for name, data in (TYPES | CONTROL_TYPES).items()}
"""The type name of each struct."""
