"""A start with other settings: everything is reckoned anew, also after it was cut short."""

from pathlib import Path

import pytest

from tests.endtoend.stage import Stage
from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.collector.stopping import Stopped
from wallboard.config import load
from wallboard.reporting_time import Calendar

ROLLUPS = "SELECT * FROM hour_rollup ORDER BY 1, 2, 3, 4, 5"


def test_other_settings_reckon_anew(stage: Stage, day: Path) -> None:
    """Cut short it changes nothing; the next start does it; then figures are as if always so."""
    stage.run("import", day)
    before = stage.ask(ROLLUPS)
    stage.configure("[metrics]\nservice_level_seconds = 2\nshort_abandon_seconds = 60\n")

    db = open_for_writing(stage.cache)
    try:
        configuration = load(stage.config)
        ledger = Ledger(db, Calendar.of(configuration.reporting), settings_of(configuration))

        def stop() -> None:
            raise Stopped

        with pytest.raises(Stopped):
            rebuild_if_needed(ledger, db, configuration, stop)
    finally:
        db.close()
    assert stage.ask(ROLLUPS) == before

    collector = stage.start("collect")
    collector.says("calls to be reckoned anew")
    collector.says("Collecting 0 feeds")
    collector.end()
    after = stage.ask(ROLLUPS)
    assert after != before
    whole = stage.folder / "whole.sqlite"
    stage.run("import", "--cache", whole, day)
    assert after == stage.ask(ROLLUPS, cache=whole)
