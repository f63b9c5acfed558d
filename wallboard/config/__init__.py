"""What the person running a board may set: typed, checked, with a default for every key."""

from wallboard.config.alarms import ALARM_DIMENSIONS, ALARM_WINDOWS, Action, Alarm, Webhook
from wallboard.config.asterisk import Asterisk
from wallboard.config.board import SCREENS, Board, Limits
from wallboard.config.cache import Cache
from wallboard.config.configuration import Configuration
from wallboard.config.errors import ConfigurationError
from wallboard.config.feeds import FEED_SCHEMES, Feed
from wallboard.config.hours import WEEKDAYS, BusinessHours, OpenHours
from wallboard.config.loading import cache_path, find, load
from wallboard.config.metrics import DROP_FORMULAS, SERVICE_LEVEL_FORMULAS, Metrics
from wallboard.config.reporting import Reporting, is_time_zone
from wallboard.config.watch import ConfigurationWatch

__all__ = [
    "ALARM_DIMENSIONS",
    "ALARM_WINDOWS",
    "DROP_FORMULAS",
    "FEED_SCHEMES",
    "SCREENS",
    "SERVICE_LEVEL_FORMULAS",
    "WEEKDAYS",
    "Action",
    "Alarm",
    "Asterisk",
    "Board",
    "BusinessHours",
    "Cache",
    "Configuration",
    "ConfigurationError",
    "ConfigurationWatch",
    "Feed",
    "Limits",
    "Metrics",
    "OpenHours",
    "Reporting",
    "Webhook",
    "cache_path",
    "find",
    "is_time_zone",
    "load",
]
