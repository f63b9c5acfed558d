"""The machine's zone where $TZ does not say it."""

from pathlib import Path

import pytest

from wallboard.reporting_time.zones import machine_zone


def test_the_link_names_the_zone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A link into a zone database is followed; a file, or nothing, is UTC."""
    monkeypatch.delenv("TZ", raising=False)
    link = tmp_path / "localtime"
    assert machine_zone(link) == "UTC"
    link.write_bytes(b"TZif")
    assert machine_zone(link) == "UTC"
    link.unlink()
    link.symlink_to("/var/db/timezone/zoneinfo/Australia/Lord_Howe")
    assert machine_zone(link) == "Australia/Lord_Howe"
    link.unlink()
    link.symlink_to(tmp_path / "elsewhere")
    assert machine_zone(link) == "UTC"
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert machine_zone(link) == "Asia/Tokyo"
