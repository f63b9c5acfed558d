"""What `?` explains, screen by screen."""

FLOOR = (
    "The floor shows the day so far and this moment. What needs acting on stands first.",
    "SERVICE LEVEL  the share of inbound calls answered within the target, which stands below.",
    "WAITING  callers in queues now; the longest wait; the wait a new caller can expect.",
    "ABANDONED  callers who gave up after the short-abandon threshold, of those offered.",
    "ANSWER RATE  inbound calls answered by a person, of all inbound calls that ended.",
    (
        "DROP RATE  people called who answered and found no agent in time, of all live answers; and"
        " how many more may be dropped before the limit, once there are enough for one drop."
    ),
    "HANDLE TIME  the mean of talk, hold and wrap-up; its parts stand below.",
    "OCCUPANCY  the share of the last 30 minutes that agents on duty were busy.",
    (
        "QUEUES  oldest waits are a bar that runs to the right; the stroke is the target, what is"
        " past it is over. SL service level, ASA average speed of answer, aband abandoned today."
    ),
    (
        "AGENTS  ● ready  ◌ ringing  ◍ dialling  ☎ on call  ◫ on hold  ✎ wrap-up  ‖ paused  ✖ fault"
        "  ○ off. Stuck, faulty and over-long ones come first."
    ),
    (
        "CALLS BY HOUR  answered, with missed calls above; the line is the typical day of this"
        " weekday; an open top is the hour that is not over; hatching is a gap in the data."
    ),
    "MARKS  ! warning  ✖ critical  • notice  * a gap in the data touches this figure  – unknown.",
    "Comparisons are with the same weekday last week, up to the same time of day.",
)

CALLS = (
    "The calls, those that go on first, then by their start, the newest first. Enter opens one.",
    (
        "SEARCH  / finds digits of a number, the name of an agent, queue or campaign, an id, a"
        " disposition. Of a masked number it finds the digits that are shown, or all of them."
        " Enter goes to the table, escape leaves the search."
    ),
    (
        "STATE  ● waiting, ringing, talking: it goes on. answered; missed; abandoned: gave up after"
        " the threshold; short abandoned: before it; dropped: answered and found no agent in time."
    ),
    "NOT CALLED BACK  missed or abandoned, and nobody has called the number since.",
    "WAIT is the time in queues, TALK that of agents less hold, TIME from start to end.",
    "Further down, the list stands still as of the moment named above it; home returns to now.",
    "Numbers are masked unless configuration says otherwise; m shows them for a moment.",
)
CALL = (
    "One call, while it goes on and after. Every connection it is made of is a lane.",
    (
        "LANES  A agent  B contact  S patched through to another party  M manager listening  Q a"
        " stay in a queue. ░ ringing or waiting, ▓ talking; hold is named; ⇄ a transfer; ■ the end,"
        " with the reason and who ended it."
    ),
    "LEGS  ring, talk and hold of each leg, billable time and cost as the platform sent them.",
    (
        "EVENTS  what the platform sent, in order, with the time since the event before. One that"
        " contradicts the others is set aside, with the reason. Enter goes to its text."
    ),
    "ATTEMPTS  the other calls to the same contact, or of the same number.",
    "SURVEY AND NOTES  what was said of the call afterwards.",
)
AGENTS = (
    "What each agent did over the period, ranked; the figures are those of agent-performance.",
    (
        "NOW  what the agent is doing at this moment, whatever the period, and for how long;"
        " ! over-long or faulty, ✖ on a call that has ended."
    ),
    "CALLS  calls the agent spoke on, dials to machines left out.",
    "HANDLE  the mean of talk, hold and wrap-up for each of them.",
    "CONV.  calls that became a lead, an appointment, a quote, a conversion or a sale.",
    "PAUSED, READY, SIGNED IN  time in these states; the reasons to pause have a column each.",
    "OCCUP.  occupancy: the busy part of busy and ready time.",
    "A narrow terminal leaves columns out; the one that is sorted by is always there.",
    (
        "–  unknown. Where the board is limited to a campaign or a queue, the figures are those of"
        " its calls, and time in states is unknown: nobody is ready for one campaign."
    ),
)
