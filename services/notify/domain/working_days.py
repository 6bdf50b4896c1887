"""Deadlines count Swedish working days: not Saturdays, Sundays or public holidays."""

from datetime import date, timedelta
from functools import cache
from typing import Any


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays  # late: it knows every country of the world

    calendar: Any = holidays.country_holidays(country, years=year)
    return frozenset(calendar.keys())


def is_working(day: date, country: str = "SE") -> bool:
    """In the calendar of Sweden every Sunday is a holiday by law; the weekend is left out anyway."""
    return day.weekday() < 5 and day not in _holidays(country, day.year)


def after(day: date, count: int, country: str = "SE") -> date:
    """The `count`th working day after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day, country)
    return day


def between(start: date, end: date, country: str = "SE") -> int:
    """How many working days have passed from one day to another: 0 on the same day."""
    days = (start + timedelta(days=n) for n in range(1, max(0, (end - start).days) + 1))
    return sum(is_working(day, country) for day in days)
