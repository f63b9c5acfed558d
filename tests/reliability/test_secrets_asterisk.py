"""The secrets of a PBX, of AMI and of ARI, are nowhere but in the environment that they came in."""

import asyncio
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.asterisk.pbx import SECRET, USER, Pbx
from tests.asterisk.recordings import run
from tests.endtoend.stage import Stage

WRONG: Final = "wrong-secret-with-a-mark"
WRONG_ARI: Final = "wrong-ari-secret-with-a-mark"
SECRETS: Final = tuple(
    form
    for secret in (SECRET, WRONG, WRONG_ARI)
    # As it is, and as the header of a request has it.
    for form in (secret, b64encode(f"{USER}:{secret}".encode()).decode())
)
GIVEN: Final = {"PBX_SECRET": SECRET, "ARI_SECRET": SECRET}
REFUSED: Final = {"PBX_SECRET": WRONG, "ARI_SECRET": SECRET}
REFUSED_ARI: Final = {"PBX_SECRET": SECRET, "ARI_SECRET": WRONG_ARI}


def told(folder: Path) -> set[str]:
    """The files below a folder in which a secret stands."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(form.encode() in path.read_bytes() for form in SECRETS)
    }


def commands(stage: Stage, texts: list[str]) -> None:
    """All that speaks to the PBX or of it, with secrets that are right, and that are not."""
    for number, environment in enumerate((GIVEN, REFUSED, REFUSED_ARI)):
        for words in (("check",), ("record", "--output", f"{number}.jsonl", "--for", "0.3")):
            done = stage.run(*words, environment=environment)
            texts.append(done.stdout + done.stderr)
    texts += [
        stage.run("status", "--format", "json", environment=GIVEN).stdout,
        stage.run("status", "--cache", stage.folder / "refused.sqlite").stdout,
    ]


def lists(processes: Iterable[int]) -> str:
    """What a list of processes shows of these."""
    return " ".join(Path(f"/proc/{one}/cmdline").read_text("utf-8") for one in processes)


async def test_no_process_tells_a_secret_of_a_pbx(stage: Stage) -> None:
    """Collectors that are let in, by AMI alone and not at all; probes; recordings."""
    async with Pbx().listen() as pbx:
        pbx.play(run()[:200])
        stage.configure(
            f'[[feed]]\nname = "pbx"\nurl = "asterisk://127.0.0.1:{pbx.port}"\n'
            f'token_env = "PBX_SECRET"\n[asterisk]\nari_url = "{pbx.ari.url}"\n'
            'ari_token_env = "ARI_SECRET"\n'
        )
        caches = [stage.cache, stage.folder / "refused.sqlite", stage.folder / "ari.sqlite"]
        collectors = [
            stage.start("collect", "--log", "debug", "--cache", cache, environment=environment)
            for cache, environment in zip(caches, (GIVEN, REFUSED, REFUSED_ARI), strict=True)
        ]
        await asyncio.to_thread(collectors[0].says, "Feed pbx is live")
        await asyncio.to_thread(collectors[1].says, "does not accept the AMI user")
        await asyncio.to_thread(collectors[2].says, "ARI")
        texts: list[str] = []
        await asyncio.to_thread(commands, stage, texts)
        texts.append(lists(collector.pid for collector in collectors))
        # While they run: the log of the cache is there, too.
        assert told(stage.folder) == set()
        for collector in collectors:
            await asyncio.to_thread(collector.end)
    assert told(stage.folder) == set()
    texts += [collector.out + collector.err for collector in collectors]
    assert len(texts) == 12
    assert not [form for form in SECRETS for text in texts if form in text]


def test_what_looks_for_them_finds_them(stage: Stage) -> None:
    """As they are, and as a header has them."""
    for form in SECRETS:
        stage.cache.write_bytes(b"\0\xff" + form.encode())
        assert told(stage.folder) == {stage.cache.name}
