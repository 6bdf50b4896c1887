"""Days, hours, sums and numbers as the reader writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from shared.web.i18n import PSEUDO, gettext, tongue

NO_BREAK = "\u00a0"
_ENGLISH = "en_GB"


def _locale() -> Locale:
    tag = tongue().tag
    return Locale.parse({"en": _ENGLISH, PSEUDO: "sv"}.get(tag, tag))


def local(at: datetime, zone: str = "Europe/Stockholm") -> datetime:
    """A moment as the clocks of the place show it."""
    return at.astimezone(ZoneInfo(zone))


def day(at: date | datetime) -> str:
    """``fredag 4 december``, never broken between day and month."""
    when = local(at).date() if isinstance(at, datetime) else at
    words = format_date(when, "EEEE d MMMM", locale=_locale())
    start, _, rest = words.partition(" ")
    return f"{start} {rest.replace(' ', NO_BREAK)}"


def short_day(at: date | datetime) -> str:
    """``4 dec. 2026``"""
    when = local(at).date() if isinstance(at, datetime) else at
    return format_skeleton("yMMMd", datetime(when.year, when.month, when.day), locale=_locale()).replace(" ", NO_BREAK)


def clock_time(at: datetime) -> str:
    """``19.42`` in Swedish, ``19:42`` elsewhere."""
    return format_time(local(at), "HH.mm" if tongue().tag == "sv" else "HH:mm", tzinfo=None, locale=_locale())


def sek(amount: int) -> str:
    """``150 000 kr``, never broken."""
    number = format_decimal(amount, locale=_locale()).replace(" ", NO_BREAK)
    return gettext("{amount} kr").format(amount=number).replace(" ", NO_BREAK)


def whole(phone: str) -> str:
    """A phone number or code whose parts stay together."""
    return phone.replace(" ", NO_BREAK)


FILTERS = {"day": day, "short_day": short_day, "clock_time": clock_time, "sek": sek, "whole": whole}
