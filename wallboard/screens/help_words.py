"""What `?` explains, screen by screen."""

FLOOR = (
    "The floor shows the day so far and this moment. What needs acting on stands first.",
    "SERVICE LEVEL  the share of inbound calls answered within the target, which stands below.",
    "WAITING  callers in queues now; the longest wait; the wait a new caller can expect.",
    "ABANDONED  callers who gave up after the short-abandon threshold, of those offered.",
    "ANSWER RATE  inbound calls answered by a person, of all inbound calls that ended.",
    "DROP RATE  people called who answered and found no agent in time, of all live answers; and"
    " how many more may be dropped before the limit.",
    "HANDLE TIME  the mean of talk, hold and wrap-up; its parts stand below.",
    "OCCUPANCY  the share of the last 30 minutes that agents on duty were busy.",
    "QUEUES  oldest waits are a bar that runs to the right; the stroke is the target, what is past"
    " it is over. SL service level, ASA average speed of answer, aband abandoned today.",
    "AGENTS  ● ready  ◌ ringing  ◍ dialling  ☎ on call  ◫ on hold  ✎ wrap-up  ‖ paused  ✖ fault"
    "  ○ off. Stuck, faulty and over-long ones come first.",
    "CALLS BY HOUR  answered, with missed calls above; the line is the typical day of this"
    " weekday; an open top is the hour that is not over; hatching is a gap in the data.",
    "MARKS  ! warning  ✖ critical  • notice  * a gap in the data touches this figure  – unknown.",
    "Comparisons are with the same weekday last week, up to the same time of day.",
)
