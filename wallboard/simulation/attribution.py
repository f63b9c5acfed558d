"""What brings callers: advertisements, searches and pages, with what is spent on them."""

from random import Random

from wallboard.simulation.outbox import Data

# Source, channel, medium, campaign, keyword, landing page, share of attributed calls, daily spend.
SOURCES = (
    ("google", "paid search", "cpc", "brand", "lantern oak", "/", 0.22, 210.0),
    ("google", "paid search", "cpc", "generic", "cheap energy", "/energy", 0.20, 460.0),
    ("google", "organic search", "organic", None, "lantern oak phone", "/contact", 0.15, 0.0),
    ("bing", "paid search", "cpc", "generic", "energy tariff", "/energy", 0.08, 120.0),
    ("facebook", "paid social", "cpc", "autumn", None, "/offers", 0.13, 260.0),
    ("newsletter", "email", "email", "club", None, "/club", 0.09, 35.0),
    ("radio", "offline", "radio", "morning spot", None, None, 0.05, 300.0),
    ("partner.example", "referral", "referral", None, None, "/partners", 0.08, 60.0),
)
_SHARES = [source[6] for source in SOURCES]


def draw_attribution(random: Random) -> Data:
    """Where one caller comes from; fields that are not known are left out."""
    source, channel, medium, campaign, keyword, page, _, _ = random.choices(SOURCES, _SHARES)[0]
    data: Data = {"source": source, "channel": channel, "medium": medium}
    if campaign:
        data["campaign"] = campaign
        data["ad_group"] = f"{campaign}-{random.randint(1, 3)}"
        data["ad"] = f"{campaign}-ad-{random.randint(1, 6)}"
        data["creative"] = random.choice(("blue", "family", "savings"))
    if keyword:
        data["keyword"] = keyword
    if page:
        data["landing_page"] = f"https://oak.example{page}"
    if medium == "referral":
        data["referring_url"] = f"https://{source}/recommended"
        data["referral_source"] = source
    return data
