"""Reaching a PBX once, to say in words how it stands and what the users may not do."""

import asyncio

import httpx

from wallboard.config import Asterisk, ConfigurationError, Feed
from wallboard.counted import counted
from wallboard.feeds.address import is_local, shown
from wallboard.feeds.asterisk.ari_listener import COSTS
from wallboard.feeds.asterisk.connection import AmiConnection, open_ami, user_of
from wallboard.feeds.asterisk.fields import Fields, text
from wallboard.feeds.asterisk.filters import ami_filters
from wallboard.feeds.asterisk.missing import Missing
from wallboard.feeds.asterisk.wire import NotAmi
from wallboard.feeds.probe import Probe
from wallboard.feeds.reasons import NETWORK_ERRORS, reason_of
from wallboard.feeds.tuning import Tuning


class _Asking:
    """Asks one thing after another."""

    def __init__(self, connection: AmiConnection) -> None:
        self._connection = connection
        self._messages: list[Fields] = []

    async def ask(self, name: str, **fields: str) -> Fields:
        """The answer to an action; what else comes is passed over."""
        number = self._connection.send(name, **fields)
        return await self._next(number, "Response")

    async def lists(self, name: str, end: str) -> list[Fields] | None:
        """The items of a list; None where it may not be asked for."""
        number = self._connection.send(name)
        if text(await self._next(number, "Response"), "Response") == "Error":
            return None
        items: list[Fields] = []
        while True:
            item = await self._next(number, "Event")
            if text(item, "Event") == end:
                return items
            items.append(item)

    async def _next(self, number: str, kind: str) -> Fields:
        while True:
            while self._messages:
                message = self._messages.pop(0)
                if text(message, "ActionID") == number and kind in message:
                    return message
            self._messages += await self._connection.read()


async def probe_asterisk(feed: Feed, settings: Asterisk, *, tuning: Tuning | None = None) -> Probe:
    """Reach a PBX once: the login, the permissions, ARI. Never raises for those."""
    tuning = tuning or Tuning()
    where = shown(feed.url)
    try:
        secret = feed.token()
        if secret is None:
            return Probe(False, f"{where} needs the secret of the AMI user: name it by token_env.")
        connection = await open_ami(feed, settings, tuning)
    except ConfigurationError as error:
        return Probe(False, str(error))
    except NETWORK_ERRORS as error:
        return Probe(False, reason_of(error, where).sentence)
    try:
        async with asyncio.timeout(tuning.open_seconds):
            return await _look(_Asking(connection), feed, settings, secret, where, tuning)
    except NotAmi:
        return Probe(False, f"{where} does not speak AMI: check the url's port.")
    except NETWORK_ERRORS as error:
        return Probe(False, reason_of(error, where).sentence)
    finally:
        await connection.close(tuning.stop_seconds)


async def _look(
    asking: _Asking, feed: Feed, settings: Asterisk, secret: str, where: str, tuning: Tuning
) -> Probe:
    user = user_of(feed, settings)
    answer = await asking.ask("Login", Username=user, Secret=secret, Events="off")
    if text(answer, "Response") == "Error":
        return Probe(
            False,
            f"{where} does not accept the AMI user “{user}” ({text(answer, 'Message')}): check "
            "[asterisk] user, the feed's token, and manager.conf of the PBX.",
        )
    missing = Missing()
    version = text(await asking.ask("CoreSettings"), "AsteriskVersion")
    filters = [
        await asking.ask("Filter", Operation="Add", Filter=one) for one in ami_filters(settings)
    ]
    missing.filtered = all(text(one, "Response") != "Error" for one in filters)
    queues = await asking.lists("QueueStatus", "QueueStatusComplete") or []
    channels = await asking.lists("CoreShowChannels", "CoreShowChannelsComplete")
    missing.channels = channels is not None
    missing.ari = await _ari(feed, settings, secret, tuning)
    names = {text(one, "Queue") for one in queues if text(one, "Event") == "QueueParams"}
    members = {text(one, "Location") for one in queues if text(one, "Event") == "QueueMember"}
    words = (
        f"{where} is an Asterisk{f' {version}' if version else ''} with "
        f"{counted(len(names), 'queue')} and {counted(len(members), 'member')}"
        f", {counted(len(channels or ()), 'channel')} now."
    )
    none = () if names else ("It tells of no queue: has it any, and is app_queue loaded?",)
    return Probe(True, " ".join((words, *none, *missing.sentences())))


async def _ari(feed: Feed, settings: Asterisk, secret: str, tuning: Tuning) -> str:
    """Why ARI would give nothing, as a sentence; empty where it would."""
    url = settings.ari_url.rstrip("/")
    if not url:
        return f"{COSTS}: [asterisk] ari_url names no ARI."
    try:
        own = settings.ari_secret(feed.name) or secret
        async with httpx.AsyncClient(
            timeout=tuning.open_seconds, trust_env=not is_local(url)
        ) as client:
            answer = await client.get(
                f"{url}/asterisk/info", auth=httpx.BasicAuth(settings.ari_user, own)
            )
    except ConfigurationError as error:
        return f"{COSTS}: {error}"
    except httpx.HTTPError as error:
        return f"{COSTS}: {shown(url)} could not be reached ({type(error).__name__})."
    if answer.status_code in {401, 403}:
        return f"{COSTS}: {shown(url)} does not accept the ARI user “{settings.ari_user}”."
    if not answer.is_success:
        return f"{COSTS}: {shown(url)} answered with HTTP status {answer.status_code}."
    return ""
