"""What is asked of a PBX to leave out: most of its events are of no use to anybody here."""

import re
from typing import Final

from wallboard.config.asterisk import Asterisk
from wallboard.feeds.asterisk.on_channels import VOICEMAIL
from wallboard.feeds.asterisk.translator import HEARD

END: Final = "[[:space:]]"
_PLAIN: Final = re.compile(r"\w+")


def ami_filters(settings: Asterisk) -> list[str]:
    """Regular expressions (POSIX, extended) of the events of AMI to be sent, and no others.

    Three fifths of all events are variables of channels: of those the few that are read come.
    """
    variables = ["QUEUESTATUS", "AMDSTATUS", settings.campaign_variable, settings.contact_variable]
    named = [name for name in variables if _PLAIN.fullmatch(name)]
    plain = sorted(HEARD - {"VarSet", "Newexten"} | {"FullyBooted", "Shutdown"})
    applications = sorted({"Queue"} | VOICEMAIL)
    return [
        f"Event: ({'|'.join(plain)}){END}",
        f"Variable: ({'|'.join(named)}){END}",
        f"Application: ({'|'.join(applications)}){END}",
    ]


ARI_FILTER: Final = {"allowed": [{"type": "ChannelDestroyed"}, {"type": "ApplicationReplaced"}]}
"""The events of ARI to be sent: what AMI says as well is taken from AMI."""
