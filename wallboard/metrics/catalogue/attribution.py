"""Attribution: which marketing the calls came from, and what led callers to call."""

from typing import Final

from wallboard.metrics.catalogue.touch_calls import (
    ASSISTED,
    FIRST_TOUCHED,
    LAST_TOUCHED,
    LEADS,
    TOUCHED,
    WON,
)
from wallboard.metrics.catalogue.touch_queries import CALL_PATHS, LEAD_TOUCHES, WON_TOUCHES
from wallboard.metrics.metric import LEGS, Count, Listed, Metric, Query, Split, Total
from wallboard.metrics.relations_calls import AREA_CODE

ORIGIN: Final = "call tracking metrics, attribution and marketing performance"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_CALLS: Final = Count(Total("measures.calls"))


def _calls_by(
    number: str,
    slug: str,
    title: str,
    dimension: str,
    *,
    tells: str,
    misleads: str,
    formula: str = "",
) -> Metric:
    """Calls by a dimension of theirs, with the share of each key."""
    name = dimension.rpartition(".")[2]
    return Metric(
        number=number,
        slug=slug,
        title=title,
        category="attribution",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula=formula
        or f"calls by {name}: count and share of all calls; calls without one under (none)",
        tells=tells,
        misleads=misleads,
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Split(dimension, {"value": _CALLS}),
    )


def _calls_beside(
    number: str, slug: str, title: str, field: str, *, tells: str, misleads: str
) -> Metric:
    """Calls by a field of their attribution, with what became of them."""
    return Metric(
        number=number,
        slug=slug,
        title=title,
        category="attribution",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula=f"calls by {field}, with answered, missed and qualified beside the count",
        tells=tells,
        misleads=misleads,
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Split(
            f"attribution.{field}",
            {
                "value": _CALLS,
                "answered": Count(Total("measures.answered")),
                "missed": Count(Total("measures.missed")),
                "qualified": Count(Total("measures.qualified")),
            },
            needs={"answered": LEGS, "missed": "call.ended", "qualified": "call.outcome"},
        ),
    )


ATTRIBUTION: Final = (
    _calls_by(
        "15",
        "call_source",
        "Call source",
        "attribution.source",
        tells="Where the calls came from: a search engine, a directory, a poster.",
        misleads="Whoever saw the poster and then searched counts for the search engine.",
    ),
    _calls_by(
        "16",
        "traffic_channel",
        "Traffic channel",
        "attribution.channel",
        tells="What kind of marketing brought the calls: paid search, organic, referral, email.",
        misleads="Channels are named by whoever tagged the links: two spellings are two channels.",
    ),
    _calls_by(
        "17",
        "campaign_attribution",
        "Campaign attribution",
        "attribution.campaign",
        tells="Which marketing campaign each call is owed to.",
        misleads="It is the campaign that attribution names, not the call's own campaign.",
    ),
    _calls_by(
        "18",
        "keyword_attribution",
        "Keyword attribution",
        "attribution.keyword",
        tells="Which search terms made people call.",
        misleads="Search engines hide most terms of unpaid searches, so (none) is the largest.",
    ),
    _calls_by(
        "19",
        "landing_page_attribution",
        "Landing page attribution",
        "attribution.landing_page",
        tells="On which page callers arrived before they called.",
        misleads="The page that convinced them may be the third that they read.",
    ),
    _calls_by(
        "20",
        "call_type",
        "Call type",
        "call_type",
        tells="What the calls were about: sales, support, billing.",
        misleads="What agents pick in a hurry is the first entry of the list.",
    ),
    _calls_by(
        "21",
        "geographic_call_attribution",
        "Geographic call attribution",
        "location.region",
        tells="From which regions people call.",
        misleads="A mobile number keeps the region it was bought in when its owner moves.",
    ),
    _calls_by(
        "22",
        "call_medium",
        "Call medium",
        "attribution.medium",
        tells="Through which medium the callers came, such as cpc, organic or email.",
        misleads="Untagged links arrive as direct, so direct is partly what nobody tagged.",
    ),
    _calls_by(
        "23",
        "ad_group_attribution",
        "Ad group attribution",
        "attribution.ad_group",
        tells="Which ad groups make the telephone ring.",
        misleads="Large groups get more calls because more was spent on them: compare with cost.",
    ),
    _calls_by(
        "24",
        "ad_attribution",
        "Ad attribution",
        "attribution.ad",
        tells="Which single ads bring calls.",
        misleads="Over a short range most ads have a handful of calls, and their order is chance.",
    ),
    _calls_by(
        "25",
        "creative_attribution",
        "Creative attribution",
        "attribution.creative",
        tells="Which picture, film or wording people called after.",
        misleads="A creative shown late at night meets fewer callers, whatever its merit.",
    ),
    _calls_by(
        "26",
        "referring_url",
        "Referring URL",
        "attribution.referring_url",
        tells="From which addresses on the web the callers had come.",
        misleads="One site has many addresses, so a partner's calls are spread over many rows.",
    ),
    _calls_by(
        "27",
        "referral_source",
        "Referral source",
        "attribution.referral_source",
        tells="Which partners, directories and review sites send callers.",
        misleads="A partner who passes the number on by mouth is not seen at all.",
    ),
    _calls_by(
        "28",
        "channel_distribution",
        "Channel distribution of calls",
        "attribution.channel",
        formula="share of calls by channel; shares sum to 1",
        tells="How the calls divide over the channels.",
        misleads="A channel's share falls when another grows, though it brings as many as before.",
    ),
    _calls_beside(
        "29",
        "calls_by_campaign",
        "Calls by campaign",
        "campaign",
        tells="How many calls each campaign brought, and how many were answered or worth it.",
        misleads="Missed calls are the center's doing, not the campaign's.",
    ),
    _calls_beside(
        "30",
        "calls_by_keyword",
        "Calls by keyword",
        "keyword",
        tells="Which search terms bring calls that are worth having, not only calls.",
        misleads="A term with three calls of which two are qualified is no rate of 67%.",
    ),
    _calls_beside(
        "31",
        "calls_by_landing_page",
        "Calls by landing page",
        "landing_page",
        tells="Which pages turn readers into callers, and what their calls are worth.",
        misleads="Without the number of visits it cannot say which page persuades best.",
    ),
    _calls_beside(
        "32",
        "calls_by_channel",
        "Calls by traffic channel",
        "channel",
        tells="The channels beside each other, by calls, answered, missed and qualified ones.",
        misleads="Calls that wait for their outcome are not qualified yet: look a day later.",
    ),
    _calls_by(
        "33",
        "area_code_attribution",
        "Area code attribution",
        AREA_CODE,
        formula=(
            "calls by national destination code of from_number (NANP: the three-digit area code),"
            " with its place name where known"
        ),
        tells="In which towns and areas the callers' numbers are registered.",
        misleads="Mobile and ported numbers say where a contract began, not where somebody is.",
    ),
    Metric(
        number="34",
        slug="customer_path_touchpoints",
        title="Customer path touchpoints",
        category="attribution",
        scope="inbound",
        unit="number",
        better="none",
        formula=(
            "mean number of touches of the caller before the call, over calls with any; breakdown:"
            " the most frequent paths (touch channels in order)"
        ),
        tells="How many contacts with marketing it took until somebody called, and which.",
        misleads="Callers without a known touch are left out: it is the mean of those who had any.",
        origin=ORIGIN,
        needs=("call.started", "touch.recorded"),
        reckoning=Query(CALL_PATHS, part="touches"),
        breakdown=Query(CALL_PATHS, part="path"),
        behind={"numerator": Listed(TOUCHED), "denominator": Listed(TOUCHED)},
    ),
    Metric(
        number="35",
        slug="first_touch_attribution",
        title="First touch attribution",
        category="attribution",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="calls by source of the caller's earliest touch before the call",
        tells="What first made callers aware of the business.",
        misleads="A touch of years ago takes all the credit for a call of today.",
        origin=ORIGIN,
        needs=("call.started", "touch.recorded"),
        reckoning=Query(CALL_PATHS, part="first", shares=True),
        behind={"numerator": Listed(FIRST_TOUCHED)},
    ),
    Metric(
        number="36",
        slug="assist_touch_attribution",
        title="Assist touch attribution",
        category="attribution",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula=(
            "touches by source that are neither the first nor the last before a call, each counted"
            " once per call"
        ),
        tells="What helped along the way between the first touch and the last.",
        misleads="A source that shows itself often, such as a newsletter, assists in everything.",
        origin=ORIGIN,
        needs=("call.started", "touch.recorded"),
        reckoning=Query(CALL_PATHS, part="assist", shares=True),
        behind={"numerator": Listed(ASSISTED)},
    ),
    Metric(
        number="37",
        slug="lead_creation_touch_attribution",
        title="Lead creation touch attribution",
        category="attribution",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula=(
            "leads by source of the last touch at or before the call that created the lead (the"
            " caller's first call with lead = true)"
        ),
        tells="What brought callers to the call that made them leads.",
        misleads="Callers with a withheld number are left out, and so is whatever convinced them.",
        origin=ORIGIN,
        needs=("call.started", "call.outcome", "touch.recorded"),
        reckoning=Query(LEAD_TOUCHES, shares=True),
        behind={"numerator": Listed(LEADS)},
    ),
    Metric(
        number="38",
        slug="last_touch_attribution",
        title="Last touch attribution",
        category="attribution",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="calls by source of the caller's latest touch before the call",
        tells="What callers had seen just before they called.",
        misleads="Who searches for the business by name was won over by something earlier.",
        origin=ORIGIN,
        needs=("call.started", "touch.recorded"),
        reckoning=Query(CALL_PATHS, part="last", shares=True),
        behind={"numerator": Listed(LAST_TOUCHED)},
    ),
    Metric(
        number="39",
        slug="closed_won_touch_attribution",
        title="Closed-won touch attribution",
        category="attribution",
        scope="all",
        unit="breakdown",
        better="none",
        formula=(
            "value of opportunities won in the period, split equally over the sources of all the"
            " contact's touches before the win; opportunities with no touch under (none)"
        ),
        tells="How much of what was won is owed to each source, by equal parts per touch.",
        misleads="Equal parts are a convention: a glance at a banner earns as much as a visit.",
        origin=ORIGIN,
        needs=("opportunity.changed", "touch.recorded"),
        reckoning=Query(WON_TOUCHES, over="wins", shares=True),
        behind={"numerator": Listed(WON, "wins")},
    ),
)
