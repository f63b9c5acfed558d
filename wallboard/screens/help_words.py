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
METRICS = (
    "Every metric of the catalogue, by category, over the period and within the filters above.",
    "VALUE  with its unit; ~ is an estimate, * a gap in the data touches it, – unknown.",
    (
        "MADE OF  numerator of denominator; of a breakdown its largest row; what was never measured"
        " names the events that it needs."
    ),
    (
        "CHANGE  from the equally long period before, as a share of it; a period that is not over is"
        " compared up to the same time. BEFORE is the figure then."
    ),
    "BY HOUR, BY DAY  the course over what is over of the period: the shape, not the size.",
    "… is not read yet: what is dear to reckon is read for the category under the cursor alone.",
    "SEARCH  / narrows by words of the name, escape leaves it. ← and → go from category to category.",
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
AGENT = (
    "One agent's day, whatever the filters: the work, every state, and the calls.",
    (
        "THE HOURS  every state has a line; a cell is as high as the part of its time that was"
        " spent in it. At the right how long in all, and the share of the time signed in. ▸ is the"
        " state of now, ▼ the call under the cursor, ╱ a gap in the data."
    ),
    "HANDLE  the mean of talk, hold and wrap-up for each call that the agent spoke on.",
    "OCCUPANCY  the busy part of busy and ready time, which stands beside it.",
    "PAUSES  how often the agent went on pause, and how long for each reason.",
    "CALLS  those that the agent had a leg of, answered or not. Enter opens one.",
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

REPORTS = (
    (
        "Every report, over the period and the campaign, queue and team that are looked at. A"
        " preview shows the first rows; more are read as you scroll. Columns that end in _seconds"
        " hold seconds; times are those of the zone above."
    ),
    "COLUMNS  → and ← go through the columns; the first stays. – is what is not known.",
    (
        "EXPORT  e asks for a format and a folder. The file is named by report, period and filters,"
        " appears whole or not at all, and replaces nothing: a number is added to its name. Escape"
        " cancels; the path of the file stands at the foot once it is there."
    ),
    (
        "MASKING  numbers and names are masked in the preview and in the file unless configuration"
        " says otherwise. After m both are in full, and who did so is recorded."
    ),
    "MARKS  * something of the period is missing, as the words beside it say.",
)
