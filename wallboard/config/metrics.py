"""`[metrics]`: targets, thresholds and formulas of the metric catalogue."""

from typing import Annotated, Literal, TypeAlias, get_args

from wallboard.config.kinds import HOURS, SECONDS, SHARE, YEARS, Choice, ListOf, Text
from wallboard.config.section import Section

ServiceLevelFormula: TypeAlias = Literal["offered", "answered", "within", "late_abandons"]
DropFormula: TypeAlias = Literal["ftc", "ofcom", "answered"]
SERVICE_LEVEL_FORMULAS: tuple[ServiceLevelFormula, ...] = get_args(ServiceLevelFormula)
DROP_FORMULAS: tuple[DropFormula, ...] = get_args(DropFormula)
ATTRIBUTION = (
    "source",
    "channel",
    "medium",
    "campaign",
    "ad_group",
    "ad",
    "creative",
    "keyword",
    "landing_page",
    "referring_url",
    "referral_source",
)


class Metrics(Section, frozen=True, kw_only=True):
    """Settings of the metrics; durations in seconds, shares 0 to 1.

    A queue's or campaign's own target, where the feed defines one, goes before these. A changed
    setting applies to all calls, past ones too.
    """

    service_level_seconds: Annotated[float, SECONDS] = 20.0
    service_level_share: Annotated[float, SHARE] = 0.8
    service_level_formula: Annotated[ServiceLevelFormula, Choice(SERVICE_LEVEL_FORMULAS)] = (
        "offered"
    )
    short_abandon_seconds: Annotated[float, SECONDS] = 5.0
    drop_limit: Annotated[float, SHARE] = 0.03
    drop_seconds: Annotated[float, SECONDS] = 2.0
    drop_formula: Annotated[DropFormula, Choice(DROP_FORMULAS)] = "ftc"
    callback_hours: Annotated[float, HOURS] = 24.0
    customer_years: Annotated[float, YEARS] = 3.0
    margin: Annotated[float, SHARE] = 1.0
    required_attribution: Annotated[tuple[str, ...], ListOf(Choice(ATTRIBUTION))] = (
        "source",
        "campaign",
        "channel",
    )
    target_phrases: Annotated[
        tuple[str, ...], ListOf(Text("a phrase", lambda phrase: phrase.strip()))
    ] = ()
