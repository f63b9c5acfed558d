"""Every mistake in a configuration is a sentence: where, what was found, what was expected."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wallboard.config import ConfigurationError, load

Problems = Callable[[str], tuple[str, ...]]
Written = Callable[[str], Path]

MISTAKES = [
    ("metrics.drop_limit = 3", "metrics.drop_limit is 3 where a share from 0 to 1 is expected."),
    ("metrics.drop_limit = nan", "metrics.drop_limit is nan where a share from 0 to 1 is"),
    ("metrics.drop_limit = true", "metrics.drop_limit is true where a share"),
    ('metrics.drop_limit = "x"', 'metrics.drop_limit is "x" where a share'),
    ("metrics.drop_seconds = -1", "metrics.drop_seconds is -1 where a number of seconds, 0 or"),
    ("metrics.drop_seconds = inf", "metrics.drop_seconds is inf where a number of seconds"),
    ("metrics.short_abandon_seconds = 1e308", "metrics.short_abandon_seconds is 1e+308 where a"),
    ("metrics.callback_hours = 1e308", "metrics.callback_hours is 1e+308 where a number of hours"),
    ("board.limits.on_call = 1e308", "board.limits.on_call is 1e+308 where a number of seconds"),
    ("cache.keep_days = 1000000", "cache.keep_days is 1000000 where a whole number of days from"),
    ("metrics.customer_years = 1" + "0" * 400, "metrics.customer_years is 1000"),
    (
        'metrics.drop_formula = "fcc"',
        'metrics.drop_formula is "fcc" where one of ftc, ofcom, answered is expected.',
    ),
    (
        'metrics.required_attribution = ["source", "cow"]',
        'metrics.required_attribution[2] is "cow" where one of source, ',
    ),
    ("metrics.drop_limt = 1", "metrics.drop_limt is not a known key (did you mean drop_limit?)."),
    ("zzz = 1", "zzz is not a known key (known here are feed, cache, reporting, metrics,"),
    ("metrics = 1", "metrics is 1 where a table is expected."),
    ('"a\\u001b[2J" = 1', '"a\\u001b[2J" is not a known key'),
    ("cache.keep_days = 0", "cache.keep_days is 0 where a whole number of days from 1 to"),
    ("cache.keep_days = 1.5", "cache.keep_days is 1.5 where a whole number"),
    ('cache.group = "a/b"', 'cache.group is "a/b" where the name of a system group'),
    ("cache.path = 1", "cache.path is 1 where the path of a file is expected."),
    ('cache.path = "~nobody-of-that-name/x"', "cache.path is ~nobody-of-that-name/x where the"),
    (
        'reporting.time_zone = "Europe/Berlinn"',
        'reporting.time_zone is "Europe/Berlinn" where an IANA time zone name is expected (did you',
    ),
    ('reporting.time_zone = "../../passwd"', 'reporting.time_zone is "../../passwd" where'),
    ('reporting.time_zone = "America"', 'reporting.time_zone is "America" where'),
    ("reporting.time_zone = 1", "reporting.time_zone is 1 where"),
    ('reporting.day_starts = "24:00"', 'reporting.day_starts is "24:00" where a time of day'),
    ('reporting.day_starts = "6:00"', 'reporting.day_starts is "6:00" where a time of day'),
    ("reporting.day_starts = 06:00:30", "reporting.day_starts is 06:00:30 where a time of day"),
    ('reporting.currency = "usd"', 'reporting.currency is "usd" where a currency of three'),
    ('reporting.holidays = ["2026-02-30"]', 'reporting.holidays[1] is "2026-02-30", a day that'),
    ("reporting.holidays = [2026-12-25T10:00:00]", "reporting.holidays[1] is 2026-12-25T10:00:00"),
    ('reporting.holidays = "2026-12-25"', 'reporting.holidays is "2026-12-25" where a list is'),
    (
        'reporting.holidays = ["2026-12-25", 2026-12-25]',
        "reporting.holidays names 2026-12-25 twice where each day is expected once.",
    ),
    (
        'reporting.business_hours.mondy = ["09:00-12:00"]',
        "reporting.business_hours.mondy is not a known key (did you mean monday?).",
    ),
    (
        'reporting.business_hours.monday = ["09:00-12:00", "11:30-13:00"]',
        'reporting.business_hours.monday[2] is "11:30-13:00" where a range that starts at or',
    ),
    (
        'reporting.business_hours.monday = ["13:00-18:00", "09:00-12:00"]',
        "reporting.business_hours.monday[2] is",
    ),
    (
        'reporting.business_hours.monday = ["22:00-06:00"]',
        'reporting.business_hours.monday[1] is "22:00-06:00" where a range that ends after it',
    ),
    (
        'reporting.business_hours.monday = ["09:00-24:30"]',
        'reporting.business_hours.monday[1] is "09:00-24:30" where a range such as',
    ),
    (
        'reporting.business_hours.monday = "09:00-17:00"',
        'reporting.business_hours.monday is "09:00-17:00" where a list of ranges',
    ),
    ('board.screens = ["flor"]', 'board.screens[1] is "flor" where one of floor, calls, agents,'),
    ("board.screens = []", "board.screens is an empty list where a list of one screen or more"),
    ('board.title = "a\\nb"', "board.title is"),
    ("board.mask_numbers = 1", "board.mask_numbers is 1 where true or false is expected."),
    ("board.limits.on_call = -5", "board.limits.on_call is -5 where a number of seconds"),
    ('board.limits.pauses.lunch = "x"', 'board.limits.pauses.lunch is "x" where a number of sec'),
    (
        "board.limits.pauses = {lunch = 1, Lunch = 2}",
        'board.limits.pauses names "Lunch" twice where each reason is expected once.',
    ),
    ("alarm = [{}]", "alarm[1].metric is missing and has no default."),
    ('alarm = [{metric = "dials"}]', "alarm[1] has neither warning nor critical where at least"),
    (
        'alarm = [{metric = "dials", warning = 1}, {metric = "x", critical = "1"}]',
        'alarm[2].critical is "1" where a number is expected.',
    ),
    (
        'alarm = [{metric = "x", warning = 1, window = "2h"}]',
        'alarm[1].window is "2h" where one of now, 15m, 30m, 60m, today, 30d is expected.',
    ),
    (
        'alarm = [{metric = "x", warning = 1, actions = ["bell", "beep"]}]',
        'alarm[1].actions[2] is "beep" where bell, notify or a webhook',
    ),
    (
        'alarm = [{metric = "x", warning = 1, actions = [{url_env = "https://x"}]}]',
        "alarm[1].actions[1].url_env is not the name of an environment variable (its value is not",
    ),
    (
        'alarm = [{metric = "drop_rat", warning = 1}]',
        'alarm[1].metric is "drop_rat" where the slug of a metric is expected; did you mean "drop_',
    ),
    (
        'alarm = [{metric = "calls_by_day", warning = 1}]',
        'alarm[1].metric is "calls_by_day", a list, where a metric of one value is expected',
    ),
    (
        'alarm = [{metric = "drop_rate", warning = 0.03, critical = 0.02}]',
        "alarm[1].critical is milder than warning, though more of this is worse",
    ),
    (
        'alarm = [{metric = "service_level", warning = 0.7, critical = 0.8}]',
        "alarm[1].critical is milder than warning, though less of this is worse",
    ),
    (
        'alarm = [{metric = "calls_waiting", warning = 7, by = "agent"}]',
        'alarm[1].by is "agent", by which figures of the instant are not known',
    ),
    ("feed = 1", "feed is 1 where a list of tables, each headed [[feed]], is expected."),
    ("feed = [{}]", "feed[1].url is missing and has no default."),
    (
        'feed = [{url = "ws://a"}, {url = "ws://b"}]',
        'feed[2].name is "main", the name of an earlier feed.',
    ),
    (
        'feed = [{url = "ws://a", token_env = "A", token_file = "b"}]',
        "feed[1].token_file is set beside token_env where only one",
    ),
    ('feed = [{url = "http://a"}]', "feed[1].url has the scheme http where ws://, wss://, ast"),
    ('feed = [{url = "ws:///events"}]', "feed[1].url has no host where ws://HOST:PORT is"),
    ('feed = [{url = "ws://a:99999"}]', "feed[1].url is not an address: Port out of range"),
    ('feed = [{url = "ws://[::1"}]', "feed[1].url is not an address: Invalid IPv6 URL."),
    ('feed = [{url = "file://"}]', "feed[1].url has no path where file:///PATH is expected."),
    ('feed = [{url = "ws://a/#b"}]', "feed[1].url has a part after #"),
    ('feed = [{url = "ws://a b"}]', "feed[1].url is not an address of plain ASCII characters"),
]


@pytest.mark.parametrize(("text", "sentence"), MISTAKES)
def test_a_mistake_is_one_sentence(problems: Problems, text: str, sentence: str) -> None:
    """The place, the value and the expectation stand in one line."""
    (found,) = problems(text)
    assert found.startswith(sentence)


def test_all_mistakes_are_told_at_once(problems: Problems) -> None:
    """Nobody starts the board five times to learn of five mistakes."""
    found = problems('[metrics]\ndrop_limit = 2\nmargn = 1\n[board]\ntitle = 1\nscreens = ["x"]\n')
    assert [line.split()[0] for line in found] == [
        "metrics.margn",
        "metrics.drop_limit",
        "board.title",
        "board.screens[1]",
    ]


@pytest.mark.parametrize(
    "feed",
    [
        'url = "wss://user:hunter2@host/events"',
        'url = "wss://host/events?token=hunter2"',
        'url = "asterisk://host?api_key=user:hunter2"',
        'url = "wss://host/?Access-Token=hunter2"',
        'url = "http://host/?secret=hunter2"',
        'url = "ws://host:hunter2/"\ntoken = "hunter2"',
        'url = "ws://host"\ntoken = "hunter2"',
        'url = "ws://host"\ntoken_env = "hunter2!"',
    ],
)
def test_a_secret_is_refused_and_not_repeated(written: Written, feed: str) -> None:
    """A message ends up in logs and on screens, so it must not hold the secret."""
    with pytest.raises(ConfigurationError) as caught:
        load(written(f"[[feed]]\n{feed}\n"))
    if "host:hunter2/" not in feed:
        assert "hunter2" not in str(caught.value)
    assert "feed[1]." in str(caught.value)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[board]\ntitle = \n", "line 2, column 9"),
        ("[board\n", "line 1, column 7"),
        ('title = "open', "end of the file"),
        ("a = 1\na = 2\n", "line 2, column 6"),
        ("a = 9" + "9" * 5000, "not valid TOML"),
    ],
)
def test_bad_toml_is_placed(problems: Problems, text: str, where: str) -> None:
    """The line and column are named, in words."""
    (found,) = problems(text)
    assert where in found


def test_bytes_that_are_not_text(written: Written) -> None:
    """A file in another encoding is named with the line."""
    path = written("")
    path.write_bytes(b"[board]\ntitle = '\xff'\n")
    with pytest.raises(ConfigurationError, match="line 2 is not UTF-8 text"):
        load(path)


def test_nesting_without_end(written: Written) -> None:
    """A hostile file is an error like any other."""
    with pytest.raises(ConfigurationError):
        load(written("a = " + "[" * 20_000))


TOML_VALUES = st.one_of(
    st.booleans().map(lambda flag: str(flag).lower()),
    st.integers().map(str),
    st.floats().map(str),
    st.text().map(lambda text: json.dumps(text.replace("\x7f", ""), ensure_ascii=False)),
    st.sampled_from(["[]", "{}", "[{}]", "[1, 'x']", "2026-01-01", "09:00:00", "{x = 1}"]),
)
SECTIONS = ("cache", "reporting", "metrics", "board", "board.limits")
NAMES = (
    *("path", "keep_days", "time_zone", "holidays", "margin", "screens", "limits", "theme"),
    *("business_hours", "day_starts", "pauses", "paused", "title", "currency", "mask_numbers"),
)
KEYS = ["feed", "alarm", "zone", *(f"{section}.{name}" for section in SECTIONS for name in NAMES)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), TOML_VALUES, min_size=1, max_size=4))
def test_any_value_is_read_or_refused_in_words(written: Written, values: dict[str, str]) -> None:
    """No value of any key raises anything but the one error, every line of which is a sentence."""
    path = written("\n".join(f"{key} = {value}" for key, value in values.items()))
    problems: tuple[str, ...] = ()
    try:
        load(path)
    except ConfigurationError as error:
        problems = error.problems or ("",)
    for problem in problems:
        assert problem.startswith(str(path))
        assert problem.endswith(".")
        assert problem.isprintable()
