"""The keys of time travel, on every screen."""

from typing import Final

from wallboard.screens.key import Key

TRAVEL_KEYS: Final = (
    Key("left_square_bracket", "[", "", "app.step(-1)", "a minute back in time, also ,"),
    Key("right_square_bracket", "]", "", "app.step(1)", "a minute on, also ."),
    Key("left_curly_bracket", "{", "", "app.step(-60)", "an hour back, also <"),
    Key("right_curly_bracket", "}", "", "app.step(60)", "an hour on, also >"),
    Key("g", "g", "", "app.choose_time", "go to a time: 14:05, yesterday 14:05, 2026-11-20 14:05"),
    Key("space", "space", "", "app.play", "in the past: play on from there, or halt"),
    Key("plus", "+", "", "app.speed(1)", "in the past: play faster, up to 60 times"),
    Key("minus", "-", "", "app.speed(-1)", "in the past: play slower"),
    Key("l", "l", "", "app.live", "from the past back to live"),
)
OTHER_KEYS: Final = (
    Key("comma", ",", "", "app.step(-1)", "as ["),
    Key("full_stop", ".", "", "app.step(1)", "as ]"),
    Key("less_than_sign", "<", "", "app.step(-60)", "as {"),
    Key("greater_than_sign", ">", "", "app.step(60)", "as }"),
    Key("equals_sign", "=", "", "app.speed(1)", "as +"),
)
"""For keyboards without brackets, or with + above =."""

PAST_FOOT: Final = (
    Key("l", "l", "live", "app.live", ""),
    Key("left_square_bracket", "[", "-1 min", "app.step(-1)", ""),
    Key("right_square_bracket", "]", "+1 min", "app.step(1)", ""),
    Key("left_curly_bracket", "{", "-1 h", "app.step(-60)", ""),
    Key("right_curly_bracket", "}", "+1 h", "app.step(60)", ""),
    Key("g", "g", "time", "app.choose_time", ""),
    Key("space", "space", "play", "app.play", ""),
    Key("plus", "+", "faster", "app.speed(1)", ""),
    Key("minus", "-", "slower", "app.speed(-1)", ""),
)
"""What the foot names first while a moment in the past is looked at."""
