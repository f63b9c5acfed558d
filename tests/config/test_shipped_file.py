"""The file that comes with the project says what the defaults are, and says all of them."""

import re
from pathlib import Path

import msgspec

from wallboard.config import Alarm, Configuration, Feed, load
from wallboard.config.section import Section

SHIPPED = Path(__file__).parents[2] / "config.toml"
COMMENTED_KEY = re.compile(r"^# (\[\[\w+\]\]|\w+ = .*)$", re.MULTILINE)


def test_as_it_is_it_changes_nothing() -> None:
    """The values shown are the defaults."""
    assert msgspec.structs.replace(load(SHIPPED), path=None) == Configuration()


def test_what_is_commented_out_is_right_too(tmp_path: Path) -> None:
    """Feeds and alarms load when uncommented, and show the defaults of their keys."""
    text = COMMENTED_KEY.sub(r"\1", SHIPPED.read_text(encoding="utf-8"))
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    read = load(path)
    assert read.feeds == (
        Feed(name="main", url="ws://127.0.0.1:8765/events", token_env="WALLBOARD_TOKEN"),
    )
    assert read.alarms == (Alarm(metric="drop_rate", by="campaign", warning=0.025, critical=0.03),)
    assert read.reporting.business_hours.monday is not None


def test_every_key_is_shown_with_an_explanation() -> None:
    """No setting is left for the reader of the code to find."""
    text = SHIPPED.read_text(encoding="utf-8")
    sections: list[type[msgspec.Struct]] = [
        Feed,
        Alarm,
        *(type(v) for v in _sections(Configuration())),
    ]
    keys = {field.encode_name for section in sections for field in msgspec.structs.fields(section)}
    keys -= {"path", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    for key in keys:
        assert re.search(rf"^(# )?(\[.*\b)?\[?{key}\b.*(#.+|\]\])$", text, re.MULTILINE), key


def _sections(value: msgspec.Struct) -> list[msgspec.Struct]:
    inner = [getattr(value, name) for name in value.__struct_fields__]
    found = [item for item in inner if isinstance(item, Section)]
    return found + [deeper for item in found for deeper in _sections(item)]
