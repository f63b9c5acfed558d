"""`[asterisk]`: what is refused, by its key and what was expected, without secrets."""

from pathlib import Path

import pytest

from wallboard.config import ConfigurationError, load


def read(folder: Path, text: str) -> str:
    """The mistakes that are told of a file."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as told:
        load(path)
    return str(told.value)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('user = "two words"', "asterisk.user"),
        ("tls = 1", "asterisk.tls"),
        ('trunks = "PJSIP/carrier"', "asterisk.trunks"),
        ('ari_url = "ws://host/ari"', "asterisk.ari_url"),
        ("[asterisk.wrap_up_seconds]\nsales = -1", "asterisk.wrap_up_seconds.sales"),
        ('[asterisk.agents]\n"PJSIP/1001" = ""', "asterisk.agents"),
        ("quees = 1", "asterisk.quees"),
    ],
)
def test_mistakes(tmp_path: Path, line: str, key: str) -> None:
    """Each names its key."""
    assert key in read(tmp_path, f"[asterisk]\n{line}\n")


def test_a_secret_in_the_address_is_not_repeated(tmp_path: Path) -> None:
    """Nor is it accepted."""
    told = read(tmp_path, '[asterisk]\nari_url = "http://user:hidden-word@host:8088/ari"\n')
    assert "asterisk.ari_url" in told
    assert "hidden-word" not in told


def test_the_secret_of_ari(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its own variable or file; none named: the feed's own is used."""
    path = tmp_path / "config.toml"
    path.write_text('[asterisk]\nari_token_env = "ARI_WORD"\n', encoding="utf-8")
    settings = load(path).asterisk
    with pytest.raises(ConfigurationError, match="ARI_WORD"):
        settings.ari_secret("pbx")
    monkeypatch.setenv("ARI_WORD", "word")
    assert settings.ari_secret("pbx") == "word"
    path.write_text("", encoding="utf-8")
    assert load(path).asterisk.ari_secret("pbx") is None
