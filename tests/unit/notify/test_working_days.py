"""Deadlines count Swedish working days: nobody has promised anything on a Sunday or on Christmas Day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.working_days import after, between, is_working

days = st.dates(date(2025, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 12, 25),  # Christmas Day, a Friday
        date(2025, 12, 26),  # the second day of Christmas, a Friday
        date(2026, 1, 1),
        date(2026, 1, 6),  # Epiphany
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 5, 14),  # Ascension Day
        date(2025, 6, 6),  # National Day, a Friday
    ],
    ids=str,
)
def test_a_public_holiday_in_the_week_is_no_working_day(day: date) -> None:
    assert day.weekday() < 5
    assert not is_working(day)


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 6, 19)], ids=str)
def test_the_eves_are_working_days_since_the_law_does_not_name_them(day: date) -> None:
    """Lagen (1989:253) om allmänna helgdagar has neither Christmas Eve, New Year's Eve nor Midsummer's Eve."""
    assert is_working(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over New Year, into another year's calendar
    ],
)
def test_a_deadline_steps_over_weekends_and_holidays(start: date, count: int, end: date) -> None:
    assert after(start, count) == end


@given(days, st.integers(1, 30))
def test_a_deadline_is_always_a_working_day(day: date, count: int) -> None:
    due = after(day, count)
    assert due.weekday() < 5
    assert is_working(due)
    assert due > day


@given(days, st.integers(0, 30))
def test_as_many_days_have_passed_as_were_given(day: date, count: int) -> None:
    assert between(day, after(day, count)) == count


@given(days, st.integers(0, 20), st.integers(0, 20))
def test_more_days_given_is_never_sooner(day: date, fewer: int, more: int) -> None:
    assert after(day, min(fewer, more)) <= after(day, max(fewer, more))


@given(days, st.integers(0, 60))
def test_no_time_has_passed_before_it_began(day: date, back: int) -> None:
    assert between(day, day - timedelta(days=back)) == 0


def test_other_countries_keep_other_days() -> None:
    assert not is_working(date(2027, 5, 17), country="NO")
    assert is_working(date(2027, 5, 17))
