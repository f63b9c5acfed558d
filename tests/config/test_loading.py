"""Where the configuration is found, and what right values are read as."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from wallboard.config import (
    Configuration,
    ConfigurationError,
    OpenHours,
    Webhook,
    cache_path,
    find,
    load,
)

Written = Callable[[str], Path]


def test_without_a_file_the_defaults_hold(written: Written) -> None:
    """No key has to be set."""
    assert load() == Configuration()
    assert load().path is None


def test_search_order(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """The named file, then the variable, then the folder, then the user's own."""
    home = Path.cwd()
    user = home / "xdg" / "wallboard" / "config.toml"
    if sys.platform == "linux":
        user.parent.mkdir(parents=True)
        user.write_text('board.title = "user"')
        assert load().board.title == "user"
    here = home / "config.toml"
    here.write_text('board.title = "here"')
    assert load().board.title == "here"
    assert load().path == here
    (home / "variable.toml").write_text('board.title = "variable"')
    monkeypatch.setenv("WALLBOARD_CONFIG", "~/variable.toml")
    assert load().board.title == "variable"
    named = written('board.title = "named"')
    assert load(named).board.title == "named"
    assert find(Path("~/x.toml")) == home / "x.toml"


def test_a_folder_in_place_of_the_file(written: Written) -> None:
    """It is told of where it is found, not passed over."""
    Path("config.toml").mkdir()
    with pytest.raises(ConfigurationError, match=r"config\.toml cannot be read: Is a directory"):
        load()


def test_a_named_file_must_be_there(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped name is not silently replaced by another file."""
    Path("config.toml").write_text("")
    with pytest.raises(ConfigurationError, match=r"missing\.toml cannot be read: No such file"):
        load(Path("missing.toml"))
    monkeypatch.setenv("WALLBOARD_CONFIG", "missing.toml")
    with pytest.raises(ConfigurationError, match=r"missing\.toml cannot be read: No such file"):
        load()
    with pytest.raises(ConfigurationError, match="cannot be read: Is a directory"):
        load(Path.cwd())
    with pytest.raises(ConfigurationError, match="home of a user who is not known"):
        load(Path("~nobody-of-that-name/config.toml"))


def test_right_values(written: Written) -> None:
    """Texts become dates, times, ranges and paths; whole numbers become seconds and shares."""
    path = written(
        "\ufeff"  # as some editors write
        """
[cache]
path = "state/board.sqlite"
[reporting]
time_zone = "Asia/Kolkata"
day_starts = 06:00:00
holidays = ["2026-12-25", 2027-01-01]
[reporting.business_hours]
monday = ["09:00-12:30", "12:30-24:00"]
sunday = []
[metrics]
margin = 1
[board.limits.pauses]
Training = 60
[[feed]]
url = "asterisk://monitor@pbx:5038"
[[feed]]
name = "West 2"
url = "file:///var/log/events.jsonl"
token_file = "~/token"
[[alarm]]
metric = "drop_rate"
critical = 1
actions = ["bell", "notify", {url_env = "HOOK"}]
"""
    )
    read = load(path)
    assert read.path == path
    assert read.cache.path == path.parent / "state" / "board.sqlite"
    assert read.reporting.day_starts == time(6)
    assert read.reporting.holidays == (date(2026, 12, 25), date(2027, 1, 1))
    assert read.reporting.business_hours.monday == (OpenHours(540, 750), OpenHours(750, 1440))
    days = read.reporting.business_hours.by_weekday()
    assert days is not None
    assert [len(day) for day in days] == [2, 0, 0, 0, 0, 0, 0]
    assert isinstance(read.metrics.margin, float)
    assert [feed.scheme for feed in read.feeds] == ["asterisk", "file"]
    assert read.feeds[1].token_file == Path.home() / "token"
    assert read.alarms[0].actions == ("bell", "notify", Webhook(url_env="HOOK"))
    limits = read.board.limits
    assert limits.limit("paused", " TRAINING ") == 60
    assert limits.limit("paused", "lunch") == limits.limit("paused") == 1800


def test_limits_of_states() -> None:
    """0 is no limit, as is a state that has none."""
    limits = Configuration().board.limits
    assert limits.limit("wrap_up") == 120
    assert limits.limit("on_call", "lunch") == 1800
    assert limits.limit("paused", "Lunch") == 3600
    assert limits.limit("available") is None
    assert limits.limit("offline") is None


def test_cache_path(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line goes before the file, the file before the user's state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(Path.cwd() / "state"))
    configured = load(written('cache.path = "~/a.sqlite"'))
    assert cache_path(configured, Path("~/b.sqlite")) == Path.home() / "b.sqlite"
    assert cache_path(configured) == Path.home() / "a.sqlite"
    default = cache_path(Configuration())
    assert default.name == "wallboard.sqlite"
    if sys.platform == "linux":
        assert default.parent == Path.cwd() / "state" / "wallboard"


def test_reading_the_configuration_loads_no_screen() -> None:
    """Commands without a screen start without the time that Textual takes to import."""
    code = "import sys, wallboard.config; print('textual' in sys.modules, 'rich' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
