"""Integrity: whether the records of calls, accounts and reports can be trusted and are used."""

from typing import Final

from wallboard.metrics.catalogue.accounts import (
    AUDITS,
    AUDITS_BY_ACCOUNT,
    COMPLETE,
    COVERAGE,
    COVERING,
    DELIVERED_WELL,
    HEALTH,
    INTENDED,
)
from wallboard.metrics.catalogue.records import DUPLICATES, POOL_USAGE, POOLS, REPEATS
from wallboard.metrics.metric import CALLS, Distinct, Listed, Metric, Query, Ratio, Split, Total

ORIGIN: Final = "call tracking metrics, data and reporting integrity"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_CALLS: Final = Total("measures.calls")
_GOOD: Final = Total(DELIVERED_WELL, "report_deliveries")
_DUE: Final = Total("1", "report_deliveries")
_WHITE_LABEL: Final = Total("report_deliveries.white_label", "report_deliveries")
_MADE: Final = Total(
    "CASE WHEN report_deliveries.delivered IS NOT NULL THEN report_deliveries.white_label END",
    "report_deliveries",
)
_OF_ACCOUNTS: Final = Total("1", "account_calls")
_COMPLETE: Final = Total(COMPLETE, "account_calls")
_INTENDED: Final = Distinct(INTENDED, "users")
_LOOKED: Final = Distinct(INTENDED, "views")
_CLIENTS: Final = Total("users.client", "users")
_CLIENT_VIEWS: Final = Total("users.client", "views")

INTEGRITY: Final = (
    Metric(
        number="110",
        slug="crm_match_rate",
        title="CRM match rate",
        category="integrity",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="calls matched to a CRM record / calls",
        tells=(
            "How many calls found their record in the CRM, so that what became of them can be told."
        ),
        misleads="A match by number alone may be to the wrong person of a household or firm.",
        origin=ORIGIN,
        needs=("call.started", "call.matched"),
        reckoning=Ratio(Total("quality.matched", CALLS), _CALLS),
    ),
    Metric(
        number="111",
        slug="attribution_completeness_rate",
        title="Attribution completeness rate",
        category="integrity",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="calls with any of source, campaign, channel, keyword / calls",
        tells="For how many calls we know at least something of what brought them.",
        misleads="One field is enough: a call that only names a channel counts as complete.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Ratio(Total("measures.attributed"), _CALLS),
    ),
    Metric(
        number="112",
        slug="offline_conversion_import_success_rate",
        title="Offline conversion import success rate",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula="successful imports / attempted imports",
        tells="How many outcomes that we sent back to the ad platforms arrived.",
        misleads=(
            "Outcomes that were never sent are not in it: it can be perfect while most are missing."
        ),
        origin=ORIGIN,
        needs=("call.started", "call.exported"),
        reckoning=Ratio(Total("quality.exports_ok", CALLS), Total("quality.exports", CALLS)),
    ),
    Metric(
        number="113",
        slug="tracking_coverage_rate",
        title="Tracking coverage rate",
        category="integrity",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="calls on a tracked number / calls",
        tells="How many calls came in on a number that is tracked.",
        misleads="Calls to numbers that the platform does not carry at all are nowhere in it.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Ratio(Total("measures.tracked"), _CALLS),
    ),
    Metric(
        number="114",
        slug="dni_success_rate",
        title="Dynamic number insertion success rate",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula="correct number displays / number displays attempted",
        tells="How often a page showed the number that it should have.",
        misleads="Pages on which the script never ran attempted nothing and are not counted.",
        origin=ORIGIN,
        needs=("number.shown",),
        reckoning=Ratio(
            Total("number_displays.correct", "number_displays"), Total("1", "number_displays")
        ),
        breakdown=Split(
            "number_displays.pool",
            {
                "value": Ratio(
                    Total("number_displays.correct", "number_displays"),
                    Total("1", "number_displays"),
                )
            },
            shares=False,
        ),
    ),
    Metric(
        number="115",
        slug="number_pool_usage",
        title="Number pool usage",
        category="integrity",
        scope="all",
        unit="ratio",
        better="none",
        formula=(
            "numbers in use / pool size at the latest sample of each pool; breakdown: per pool, "
            "with the period's peak"
        ),
        tells=(
            "How much of the pools of tracking numbers is in use: near 1 visitors will share "
            "numbers."
        ),
        misleads=(
            "It is one moment: a pool that was empty at noon may look idle in the evening; see "
            "its peak."
        ),
        origin=ORIGIN,
        needs=("pool.sampled",),
        reckoning=Query(POOL_USAGE, "pool_samples"),
        breakdown=Query(POOLS, "pool_samples"),
    ),
    Metric(
        number="116",
        slug="duplicate_record_rate",
        title="Duplicate record rate",
        category="integrity",
        scope="all",
        unit="ratio",
        better="down",
        formula=(
            "call records beyond the first with the same direction, from_number and to_number "
            "started within 2 s of it / call records"
        ),
        tells="How many call records are there twice and inflate every count.",
        misleads=(
            "Two people of one firm who call within 2 s from one number look like a duplicate."
        ),
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Query(DUPLICATES),
        behind={"numerator": Listed(REPEATS), "denominator": _CALLS},
    ),
    Metric(
        number="117",
        slug="spam_detection_accuracy",
        title="Spam detection accuracy",
        category="integrity",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "reviewed calls whose spam flag equals the reviewed one / calls with a reviewed spam "
            "flag"
        ),
        tells="How often a person who checked agreed with what was marked as spam or not.",
        misleads="Reviewers pick the doubtful calls, so it is lower than over all calls.",
        origin=ORIGIN,
        needs=("call.started", "call.reviewed"),
        reckoning=Ratio(
            Total("CASE WHEN quality.reviewed_spam = coalesce(outcomes.spam, 0) THEN 1 END", CALLS),
            Total("CASE WHEN quality.reviewed_spam IS NOT NULL THEN 1 END", CALLS),
        ),
    ),
    Metric(
        number="118",
        slug="privacy_compliance_rate",
        title="Privacy compliance rate",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula="calls whose every privacy check passed / calls with any privacy check",
        tells="How many of the checked calls kept every rule of privacy.",
        misleads="It says nothing of calls that were not checked.",
        origin=ORIGIN,
        needs=("call.started", "call.checked"),
        reckoning=Ratio(
            Total("CASE WHEN quality.checks > 0 AND quality.checks_failed = 0 THEN 1 END", CALLS),
            Total("CASE WHEN quality.checks > 0 THEN 1 END", CALLS),
        ),
    ),
    Metric(
        number="119",
        slug="report_delivery_accuracy",
        title="Report delivery accuracy",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula=(
            "deliveries on time, to the right recipients and with the right data / deliveries due"
        ),
        tells="How many reports came on time, to the right people and with the right data.",
        misleads="Nobody may have said whether the data was right; then only the time is judged.",
        origin=ORIGIN,
        needs=("report.delivered",),
        reckoning=Ratio(_GOOD, _DUE),
        breakdown=Split("account", {"value": Ratio(_GOOD, _DUE)}, shares=False),
    ),
    Metric(
        number="120",
        slug="client_account_health_score",
        title="Client account health score",
        category="integrity",
        scope="all",
        unit="score",
        better="up",
        formula=(
            "0 to 100 per account: mean of setup share, attribution completeness, report delivery"
            " accuracy, tracking coverage and activity (1 if any dashboard view in the period), "
            "those known; value: mean over accounts"
        ),
        tells="One figure an account for how well it is set up, tracked, reported to and used.",
        misleads=(
            "Of a new account little is known, so that one part, such as its setup, decides alone."
        ),
        origin=ORIGIN,
        needs=("account.defined",),
        reckoning=Query(HEALTH, "accounts", part="mean"),
        breakdown=Query(HEALTH, "accounts", part="account"),
    ),
    Metric(
        number="121",
        slug="white_label_report_delivery_rate",
        title="White-label report delivery rate",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula="white-label deliveries made / white-label deliveries due",
        tells="How many of the reports under a client's own brand were delivered at all.",
        misleads="Late ones count as delivered, however late.",
        origin=ORIGIN,
        needs=("report.delivered",),
        reckoning=Ratio(_MADE, _WHITE_LABEL),
        breakdown=Split("account", {"value": Ratio(_MADE, _WHITE_LABEL)}, shares=False),
    ),
    Metric(
        number="122",
        slug="multi_account_reporting_accuracy",
        title="Multi-account reporting accuracy",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula="accounts whose every audited report was right / accounts with an audited report",
        tells="For how many accounts every report that was checked was right.",
        misleads=(
            "An account with a hundred audits fails by one fault, one with a single audit hardly "
            "ever."
        ),
        origin=ORIGIN,
        needs=("report.audited",),
        reckoning=Query(AUDITS, "report_audits"),
        breakdown=Query(AUDITS_BY_ACCOUNT, "report_audits"),
    ),
    Metric(
        number="123",
        slug="campaign_reporting_coverage",
        title="Campaign-level reporting coverage",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula=(
            "campaigns with a call that has attribution data / campaigns defined and active in "
            "the period"
        ),
        tells=(
            "How many of the running campaigns show up in call reports with what brought the calls."
        ),
        misleads=(
            "A campaign that nobody called for looks like one that is not tracked; web campaigns "
            "count too."
        ),
        origin=ORIGIN,
        needs=("call.started", "campaign.defined"),
        reckoning=Query(COVERAGE, "active_campaigns", part="all"),
        breakdown=Query(COVERAGE, "active_campaigns", part="campaign"),
        behind={"numerator": Listed(COVERING, "active_campaigns")},
    ),
    Metric(
        number="124",
        slug="account_attribution_completeness",
        title="Account-level attribution completeness",
        category="integrity",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "per account: calls with every field of required_attribution (source, campaign, "
            "channel) / calls; value: over all accounts' calls"
        ),
        tells="How many of the accounts' calls have every field of attribution that we ask for.",
        misleads="Calls that name no account are left out, and those are often the worst ones.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Ratio(_COMPLETE, _OF_ACCOUNTS),
        breakdown=Split("account", {"value": Ratio(_COMPLETE, _OF_ACCOUNTS)}, shares=False),
    ),
    Metric(
        number="125",
        slug="user_access_adoption_rate",
        title="User access adoption rate",
        category="integrity",
        scope="all",
        unit="ratio",
        better="up",
        formula="distinct intended users with a view in the period / intended users",
        tells="How many of those who should look at the dashboards did.",
        misleads=(
            "One glance counts as much as daily use; users who left and are still intended drag "
            "it down."
        ),
        origin=ORIGIN,
        needs=("user.defined", "dashboard.viewed"),
        reckoning=Ratio(_LOOKED, _INTENDED),
        breakdown=Split("account", {"value": Ratio(_LOOKED, _INTENDED)}, shares=False),
    ),
    Metric(
        number="126",
        slug="client_dashboard_usage_rate",
        title="Client dashboard usage rate",
        category="integrity",
        scope="all",
        unit="number",
        better="up",
        formula="dashboard views by client users in the period / client users",
        tells="How often a client's user looks at a dashboard on average.",
        misleads=(
            "One eager user, or a dashboard that reloads by itself, hides those who never look."
        ),
        origin=ORIGIN,
        needs=("user.defined", "dashboard.viewed"),
        reckoning=Ratio(_CLIENT_VIEWS, _CLIENTS),
        breakdown=Split("account", {"value": Ratio(_CLIENT_VIEWS, _CLIENTS)}, shares=False),
    ),
)
