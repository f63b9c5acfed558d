"""`wallboard screenshot`: one frame without a terminal, from a real cache."""

import re
from pathlib import Path

import pytest

from wallboard.cli import main


def shoot(cache: Path, *words: str) -> int:
    """Run the command on a cache, with no configuration but the defaults."""
    config = cache.parent / "config.toml"
    config.write_text('[reporting]\ntime_zone = "America/New_York"\n', encoding="utf-8")
    return main(["--config", str(config), "--cache", str(cache), "screenshot", *words])


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        ("floor", "QUEUES"),
        ("calls", "started"),
        ("reports", "Call reports"),
        ("feed", "GAPS"),
        ("wall", "AGENTS"),
    ],
)
def test_text_goes_to_standard_output(
    busy_cache: Path, capsys: pytest.CaptureFixture[str], screen: str, words: str
) -> None:
    """Lines no wider than asked for, with nothing a terminal would obey."""
    assert shoot(busy_cache, "--screen", screen, "--size", "100x30") == 0
    text = capsys.readouterr().out
    assert words in text
    assert "\x1b" not in text
    assert len(text.splitlines()) == 30
    assert max(map(len, text.splitlines())) <= 100


def test_a_picture_fetches_nothing(busy_cache: Path, tmp_path: Path) -> None:
    """The SVG has the title, names fonts of the machine, and no address to load from."""
    output = tmp_path / "floor.svg"
    assert shoot(busy_cache, "--output", str(output)) == 0
    svg = output.read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert ">Wallboard<" in svg
    assert "@font-face" not in svg
    assert "url(http" not in svg
    assert set(re.findall(r"https?://[^\"') ]+", svg)) <= {
        "http://www.w3.org/2000/svg", "https://www.textualize.io",
    }  # fmt: skip


def test_one_call_is_shown_by_its_id(
    hostile_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its whole id or its beginning; one that is not there is said."""
    assert shoot(hostile_cache, "--screen", "call", "--call", "two") == 0
    assert "Call two␛[0m" in capsys.readouterr().out
    assert shoot(hostile_cache, "--screen", "call", "--call", "three") == 1
    assert "There is no call 'three'" in capsys.readouterr().err
    assert shoot(hostile_cache, "--screen", "call") == 2
    assert shoot(hostile_cache.parent / "none", "--screen", "call", "--call", "x") == 1
    assert "There is no cache" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [("--size", "wide"), ("--size", "1x1"), ("--size", "9999x9999"), ("--output", "x.png")]
)
def test_wrong_words_are_refused(busy_cache: Path, words: tuple[str, ...]) -> None:
    """Exit status 2, before anything is opened."""
    with pytest.raises(SystemExit) as left:
        shoot(busy_cache, *words)
    assert left.value.code == 2


def test_a_file_that_cannot_be_written_is_said(
    busy_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 and the reason."""
    assert shoot(busy_cache, "--output", str(tmp_path / "nowhere" / "x.svg")) == 1
    assert "cannot be written" in capsys.readouterr().err
