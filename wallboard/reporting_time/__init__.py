"""Days, hours and periods of the reporting time zone, over instants in UTC milliseconds."""

from wallboard.reporting_time.calendars import Calendar, Hour
from wallboard.reporting_time.periods import Period, PeriodError

__all__ = ["Calendar", "Hour", "Period", "PeriodError"]
