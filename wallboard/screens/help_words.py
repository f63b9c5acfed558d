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
    "CALLERS  where there is room: who waits longest, in all queues; enter opens the call.",
    (
        "AGENTS  ● ready  ◌ ringing  ◍ dialling  ☎ on call  ◫ on hold  ✎ wrap-up  ‖ paused  ✖ fault"
        "  ○ off. Stuck, faulty and over-long ones come first."
    ),
    (
        "CALLS BY HOUR  answered, with missed calls above; the line is the typical day of this"
        " weekday; an open top is the hour that is not over; hatching is a gap in the data."
    ),
    "ALARMS  what calls for action; a acknowledges, enter goes to the moment, 8 lists them all.",
    "MARKS  ! warning  ✖ critical  • notice  * a gap in the data touches this figure  – unknown.",
    "Comparisons are with the same weekday last week, up to the same time of day.",
)

ALARMS = (
    "The alarms, the latest first. Enter shows the floor as it stood when one was raised.",
    "STANDING  ✖ critical and ! warning; those without a sign are over. They ring once.",
    (
        "VALUE is the latest, LIMIT the threshold that it is past, PEAK the worst since it began,"
        " OF its sample. TIMES counts how often it came back within five minutes of its end."
    ),
    (
        "Thresholds are those of [[alarm]] in config.toml. What is stuck or impossible is an alarm"
        " without: an agent on a call that ended or over the limit of a state, a call without an"
        " event for two hours, a queue with callers and nobody signed in, a feed in trouble."
    ),
    (
        "DROPS LEFT  what each campaign may still drop before its limit, of today and of the 30"
        " days that end with it; until is when that is used up at the pace of the last hour."
    ),
    "SEEN TO BY  who acknowledged it with a, and the note. An alarm so goes on, but quietly.",
    "While a feed is silent, what it tells is not judged: it neither raises nor ends an alarm.",
)

CALLS = (
    "The calls, those that go on first, then by their start, the newest first. Enter opens one.",
    (
        "TO CALL BACK  a lists those who reached nobody and whom nobody has called since: how long"
        " ago, and how often they tried since they were last answered; answered: they called later."
    ),
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
    (
        "ORDER  o or a click on a head: the newest, the longest wait, talk or call, the oldest"
        " first. For the longest all calls are looked through, those that go on too; the first"
        " 1,000 stand. While it looks it says how far it has come, and escape stops it."
    ),
    "WAIT is the time in queues, TALK that of agents less hold, TIME from start to end.",
    "Further down, the list stands still as of the moment named above it; home returns to now.",
    "Numbers are masked unless configuration says otherwise; m shows them for a moment.",
)
FIGURE = (
    "One number of the catalogue, over the period and within the filters above.",
    "WORDS  what it is, by which formula, what it tells, when not to believe it, its parts.",
    (
        "BY HOUR, BY DAY  the figure for each part of the period; the last may not be over, and"
        " hatching is a gap in the data."
    ),
    (
        "CALLS  n those that the numerator counts, d those of the denominator, however many they"
        " are; enter opens one. They stand still while you scroll; home and 20 s later they are"
        " read anew."
    ),
    "BREAKDOWN  what the figure is split by, where the catalogue splits it.",
    "SQL  the statements that reckon it from the cache, with the values that they name.",
    "`wallboard metrics --explain` prints the same, and --calls the calls.",
)
METRICS = (
    "Every metric of the catalogue, by category, over the period and within the filters above.",
    "VALUE  with its unit; ~ is an estimate, * a gap in the data touches it, – unknown.",
    (
        "MADE OF  numerator of denominator; of a breakdown its largest row; what was never measured"
        " names the events that it needs."
    ),
    (
        "CHANGE  from the equally long period before, as a share of it; a period that is not over"
        " is compared up to the same time. BEFORE is the figure then."
    ),
    "BY HOUR, BY DAY  the course over what is over of the period: the shape, not the size.",
    "… is not read yet: what is dear to reckon is read for the category under the cursor alone.",
    "SEARCH  / narrows by words of the name, escape leaves it. ← and → change the category.",
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
QUEUE = (
    (
        "One queue as it is now: who waits, the longest first, who serves them, the ready first,"
        " and where there is room its latest calls, without those who wait."
    ),
    (
        "AGAINST TARGET  what is left before the wait passes the queue's target, or how much it is"
        " over; in the bar the stroke is the target, ▸ goes on beyond it."
    ),
    "JOINED AS  the place in the queue that the platform gave the caller on entering.",
    "WHO JOINS NOW  the callers in front and the handle time of late, over the agents who serve.",
    "SERVICE LEVEL  the share of today's calls answered within the target.",
    "AVERAGE SPEED OF ANSWER  the mean wait of the calls that were answered.",
    "A chosen campaign narrows the callers and calls, a chosen team the agents and calls.",
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

CAMPAIGNS = (
    "The campaigns over the period, those that need attention first. Enter opens one.",
    "HOUR  calls, dials or exposures of the last 60 minutes; MEAN that of an hour with any.",
    "CALLS  of both directions, every attempt; of a web campaign what it showed.",
    "ANSWER RATE  of callers where any call in, else of dials, by person or machine.",
    "CONTACT RATE  dials that a person answered.  DROP RATE  those of them left without an agent.",
    (
        "DROPS LEFT  before the limit of the 30 days that end with the day; TODAY  by that day"
        " alone. Less than 0 is over; – where so few answered that a single drop is over."
    ),
    "CONV.  calls that converted: a lead, an appointment, a quote, a sale; or web conversions.",
    "w explains why the drop rate of all campaigns together moved.",
)
CAMPAIGN = (
    "One campaign over the period. The tabs stand above: arrows go from one to the next.",
    (
        "DROP COMPLIANCE  people who answered and found no agent in time, of all live"
        " answers, against"
        " the limit; over 30 days it binds."
    ),
    (
        "DATA BAR  visits it was meant for, what was shown, clicks and chats, sales and"
        " leads, and how"
        " many of these there would not have been without it, by the control group."
    ),
    (
        "CONVERSION RATE  visits that reached the goal, by what they did; the stroke is the control"
        " group, or the mean of the campaigns with that type of goal."
    ),
    (
        "SIDE BY SIDE  this period against the one before, as far as it has come; b chooses another"
        " campaign instead, over this period. A figure that is worse has a mark."
    ),
    "RESULTS  campaign results has each contact once, call reports every call.",
    (
        "WHY IT DROPS  the change of the drop rate since the period before, split so that the parts"
        " of each table add up to it. By its rate: a part dropped more or less of those it reached."
        " By the mix: more or less of those reached were of a part that drops more or less than the"
        " whole. Marked is what is behind at least half of a rise; a table of one part comes last."
    ),
)

FEED = (
    "Whether the numbers can be trusted: what each feed brings, and what did not come or fit.",
    (
        "LAG  how far what is known is behind the feed: in events while it is caught up with, else"
        " the time since anything was heard. EVENTS/S is of the last ten seconds."
    ),
    (
        "CLOCK SKEW  the feed's clock against this machine's. Waits and times in a state are wrong"
        " by as much."
    ),
    "GAPS  what was missed. Recovered ones were fetched later; over lost ones figures bear a *.",
    "REPEATED  events that came again; each is counted once.",
    "UNKNOWN TYPES  what this version does not know; it is counted, and nothing else.",
    (
        "QUARANTINED  events that could not be used, with the reason. Enter shows the text as it"
        " came, with numbers masked unless configuration says otherwise; escape closes it."
    ),
)
