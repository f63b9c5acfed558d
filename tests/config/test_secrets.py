"""Tokens come from outside, at the moment of use, and a careless place for one is refused."""

import os
from pathlib import Path

import pytest

from wallboard.config import ConfigurationError, Feed, Webhook


def private(path: Path, text: str, mode: int = 0o600) -> Feed:
    """Return a feed whose token is in a file of that mode."""
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return Feed(url="ws://host", token_file=path)


def test_from_the_environment_at_the_time_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that is changed is used changed."""
    feed = Feed(url="ws://host", token_env="TOKEN_OF_A_TEST")
    monkeypatch.delenv("TOKEN_OF_A_TEST", raising=False)
    with pytest.raises(ConfigurationError, match=r"TOKEN_OF_A_TEST .* is not set: set it where"):
        feed.token()
    monkeypatch.setenv("TOKEN_OF_A_TEST", " ")
    with pytest.raises(ConfigurationError, match=r"variable TOKEN_OF_A_TEST .*is empty: set it"):
        feed.token()
    for token in ("one", "two"):
        monkeypatch.setenv("TOKEN_OF_A_TEST", f"{token}\n")
        assert feed.token() == token


def test_no_token_is_no_error() -> None:
    """A feed may need none."""
    assert Feed(url="ws://host").token() is None


def test_from_a_private_file(tmp_path: Path) -> None:
    """The end of its line does not belong to the token."""
    assert private(tmp_path / "token", "hunter2\n").token() == "hunter2"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o777])
def test_a_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    """The sentence says so and how to close it, and keeps the token."""
    feed = private(tmp_path / "token", "hunter2", mode)
    with pytest.raises(ConfigurationError, match=r"open to others.*chmod 600") as caught:
        feed.token()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "is empty"),
        ("hunter2\r\nX-Other: header", "does not hold a token"),
        ("hünter2", "does not hold a token"),
        ("hunter2" * 10_000, "does not hold a token"),
    ],
)
def test_what_is_no_token_is_refused(tmp_path: Path, text: str, match: str) -> None:
    """A token goes in a header, so it must be one plain word; it is never repeated."""
    with pytest.raises(ConfigurationError, match=match) as caught:
        private(tmp_path / "token", text).token()
    assert "nter2" not in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Absent, a folder, or a pipe that would wait for ever: a sentence each."""
    with pytest.raises(ConfigurationError, match=r"cannot be read: No such file"):
        Feed(url="ws://host", token_file=tmp_path / "absent").token()
    with pytest.raises(ConfigurationError, match=r"cannot be read|not an ordinary file"):
        Feed(url="ws://host", token_file=tmp_path).token()
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(ConfigurationError, match="not an ordinary file"):
        Feed(url="ws://host", token_file=tmp_path / "pipe").token()


def test_the_address_of_a_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is often a secret itself, so it comes from the environment and is not repeated."""
    hook = Webhook(url_env="HOOK_OF_A_TEST")
    monkeypatch.delenv("HOOK_OF_A_TEST", raising=False)
    with pytest.raises(ConfigurationError, match="HOOK_OF_A_TEST, which is not set"):
        hook.url()
    for wrong in ("hunter2", "ftp://hunter2", "https://", "https://[hunter2"):
        monkeypatch.setenv("HOOK_OF_A_TEST", wrong)
        with pytest.raises(ConfigurationError, match="http or https") as caught:
            hook.url()
        assert "hunter2" not in str(caught.value)
    monkeypatch.setenv("HOOK_OF_A_TEST", "https://host/hunter2")
    assert hook.url() == "https://host/hunter2"
