"""Which page of a wall is in sight when: pages turn, halt, and begin anew."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from wallboard.board.wall_rotation import WALL_PAGES, Rotation, wall_pages
from wallboard.config.board import SCREENS

PAGES = ("floor", "agents", "campaigns")


def test_pages_turn_after_their_time_and_come_round() -> None:
    """Ten seconds each, in the order of the configuration."""
    rotation = Rotation(PAGES, 10.0, since=1_000)
    seen = []
    for now in range(1_000, 41_000, 1_000):
        rotation = rotation.at(now)
        seen.append(rotation.page)
    assert seen == ["floor"] * 10 + ["agents"] * 10 + ["campaigns"] * 10 + ["floor"] * 10


def test_without_a_time_the_first_page_stays() -> None:
    """`rotate_seconds = 0`."""
    assert Rotation(PAGES).at(10**12).page == "floor"
    turned = Rotation(PAGES, 5.0, index=2)
    assert turned.by(PAGES, 0.0).at(10**12).page == "floor"


def test_a_halted_rotation_keeps_its_page_and_then_gives_it_its_time_anew() -> None:
    """What an alarm covered is seen for its full time afterwards."""
    rotation = Rotation(PAGES, 10.0, index=1, since=0)
    for now in range(0, 100_000, 1_000):
        rotation = rotation.at(now, halted=True)
        assert rotation.page == "agents"
    assert rotation.at(108_000).page == "agents"
    assert rotation.at(109_000).page == "campaigns"


def test_a_clock_that_is_set_neither_stops_nor_spins_the_wall() -> None:
    """Set back an hour, pages still turn; set on a day, it is one page."""
    rotation = Rotation(PAGES, 10.0, since=3_600_000)
    back = rotation.at(0)
    assert back.page == "floor"
    assert back.at(10_000).page == "agents"
    on = rotation.at(90_000_000)
    assert on.page == "agents"
    assert on.at(90_000_500).page == "agents"


def test_other_settings_keep_the_page_in_sight_where_they_have_it() -> None:
    """Who edits the file while the wall is up is not thrown back to the start."""
    rotation = Rotation(PAGES, 10.0, index=2, since=0)
    assert rotation.by(("campaigns", "feed"), 20.0).page == "campaigns"
    assert rotation.by(("feed", "calls"), 20.0).page == "feed"
    assert rotation.by(PAGES, 10.0) is rotation


@given(st.lists(st.sampled_from(SCREENS), min_size=1, max_size=9).map(tuple))
def test_any_list_of_screens_has_a_page(screens: tuple[str, ...]) -> None:
    """Reports have none, and a wall is never without one."""
    pages = wall_pages(screens)
    assert pages
    assert set(pages) <= set(WALL_PAGES)
    assert len(set(pages)) == len(pages)
    assert "reports" not in pages


@given(
    st.lists(st.tuples(st.integers(-100_000, 100_000), st.booleans()), max_size=40),
    st.sampled_from([0.0, 0.5, 10.0]),
)
def test_whatever_the_clock_does_there_is_a_page(
    steps: list[tuple[int, bool]], seconds: float
) -> None:
    """Forwards, backwards, halted or not: the index is in range and never moves while halted."""
    rotation, now = Rotation(PAGES, seconds), 0
    for step, halted in steps:
        now += step
        before = rotation
        rotation = rotation.at(now, halted=halted)
        assert rotation.page in PAGES
        assert rotation.since <= now
        if halted and seconds:
            assert rotation == replace(before, since=now)
