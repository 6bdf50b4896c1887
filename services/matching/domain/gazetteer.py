"""Where an idea lives: names of places in what was written, misspelt or inflected, in a form field or in running text.

Precision comes before recall: a wrong place excludes the right people. A form field is trusted with a looser likeness
than running text. There a name with a small letter must be a municipality's or stand where a place stands
(`small_letters`), and one that is also a common word, or is in two municipalities, counts only beside another clue:
another place of the same municipality, or what the form says.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from services.matching.domain.small_letters import AFTER, SHORTEST, SURELY, is_the_thing, words_of
from shared.events.entry import AnyEntry, County, Municipality
from shared.kernel.ids import MunicipalityCode

FIELD, TEXT = (
    85,
    90,
)  # least likeness in percent (Indel, rapidfuzz.fuzz.ratio); `python -m tests.eval` counts what is found
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """A name and what it stands for: municipalities, and the part of one if it is smaller."""

    name: str
    municipalities: tuple[MunicipalityCode, ...]
    part: str | None = None  # a locality, district or town core as the pack names it
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Likeliest municipality first. `certain`: one, and named or chosen without doubt."""

    municipalities: tuple[MunicipalityCode, ...] = ()
    localities: frozenset[str] = frozenset()
    certain: bool = False


class Gazetteer:
    """All names of places that the directory knows."""

    def __init__(self, entries: Iterable[AnyEntry]) -> None:
        known = list(entries)
        county = next((e for e in known if isinstance(e, County)), None)
        doubtful = set(county.ambiguous_localities) if county else set[str]()
        self._places: dict[str, list[Place]] = {}
        for town in (e for e in known if isinstance(e, Municipality)):
            self._learn(town, doubtful)
        for area in county.areas if county else ():
            codes = tuple(MunicipalityCode(code) for code in area.municipalities)
            for name in (area.name, *area.alternative_names):
                self._add(Place(name, codes))
        self._long = [name for name in self._places if len(name) >= SHORTEST]  # a shorter one must be spelt right
        self._words = words_of(known)

    def _learn(self, town: Municipality, doubtful: set[str]) -> None:
        code = (MunicipalityCode(town.id),)
        for name in (town.name, town.full_name, *town.alternative_names):
            self._add(Place(name, code))
        for name in (*town.localities, *town.city_districts):
            part = None if name == town.name else name
            self._add(Place(name, code, part, name in doubtful))
        for name, part in town.place_aliases.items():
            self._add(Place(name, code, part))
        if town.town_core:
            self._add(Place(town.town_core, code, town.town_core))

    def _add(self, place: Place) -> None:
        known = self._places.setdefault(place.name.lower(), [])
        if place not in known:
            known.append(place)

    def find(self, text: str, field: str | None, chosen: MunicipalityCode | None) -> Found:
        """Where an idea lives, from what the holder chose, else wrote in the form's field, else in the text."""
        in_field = self._in_field(field or "")
        in_text = self._in_text(text, {chosen} if chosen else _towns(in_field))
        parts = frozenset(p.part for p in (*in_field, *in_text) if p.part)
        if chosen:
            return Found((chosen,), parts, certain=True)
        for places in (in_field, in_text):
            if places:
                return self._weighed(places, parts)
        return Found()

    def _weighed(self, places: list[Place], parts: frozenset[str]) -> Found:
        """Most often named first; a landscape counts only where nothing smaller is named."""
        small = [place for place in places if len(place.municipalities) == 1]
        votes = Counter(code for place in small or places for code in place.municipalities)
        ranked = tuple(code for code, _ in votes.most_common())
        sure = any(not p.ambiguous for p in places)
        return Found(ranked, parts, certain=sure and len(ranked) == 1)

    def _in_field(self, field: str) -> list[Place]:
        """The whole field, its comma-separated pieces, then its words: the first that names a place."""
        pieces = [field, *re.split(r"[,/()]| och | i ", field)]
        found = [place for piece in pieces[:8] if (place := self._named(piece, FIELD))]
        plain = [p for places in found for p in places]
        sure = [p for p in plain if not p.ambiguous] or plain
        return list(dict.fromkeys(sure)) or self._in_text(field.title(), set())

    def _in_text(self, text: str, known: set[MunicipalityCode]) -> list[Place]:
        """Places that running text names; `known` are municipalities of which there is a clue elsewhere."""
        words = list(_WORD.finditer(text[:5000]))
        found: list[Place] = []
        for index, match in enumerate(words):
            word = match.group()
            pair = f"{word} {words[index + 1].group()}" if index + 1 < len(words) else word
            after = index > 0 and words[index - 1].group().lower() in AFTER
            if word[0].isupper():
                starts = index == 0 or text[: match.start()].rstrip()[-1:] in ".!?\n:"
                found += self._capital(word, pair, after, starts)
            else:
                found += self._small(word, pair, after)
        clues = known | _towns(found)
        return [p for p in found if not p.ambiguous or clues & set(p.municipalities)]

    def _capital(self, word: str, pair: str, after: bool, starts: bool) -> list[Place]:
        if exact := self._places.get(pair.lower()) or self._exact(word):
            return [p for p in exact if not p.ambiguous or after]
        if starts and not after:
            return []
        return [p for p in self._named(word, TEXT) or () if not p.ambiguous]

    def _small(self, word: str, pair: str, after: bool) -> list[Place]:
        """A municipality wherever it stands; a part of one after a word that a place comes after."""
        for name in (pair, word):
            exact = self._exact(name) or []
            if not any(p.ambiguous for p in exact) and (
                found := [_doubted(p) for p in exact if self._no_word(p) and (after or not p.part)]
            ):
                return found
        like = self._named(word, TEXT) if after and len(word) >= SURELY else None
        return [p for p in like or () if not p.part and self._no_word(p)]

    def _no_word(self, place: Place) -> bool:
        return len(place.name) >= SHORTEST and place.name.lower() not in self._words

    def _exact(self, word: str) -> list[Place] | None:
        """A name as it stands, or with a genitive s."""
        low = word.lower()
        return self._places.get(low) or (self._places.get(low[:-1]) if low.endswith("s") else None)

    def _named(self, piece: str, least: int) -> list[Place] | None:
        """The place that a piece of text names, spelt about right."""
        low = re.sub(r"\s+(kommun|stad|tätort)s?$", "", piece.strip().lower())
        if exact := self._exact(low):
            return exact
        if len(low) < SHORTEST:
            return None
        best = process.extractOne(low, self._long, scorer=fuzz.ratio, score_cutoff=least)
        return self._places[best[0]] if best and best[0][0] == low[0] else None


def _towns(places: Iterable[Place]) -> set[MunicipalityCode]:
    """The municipalities that are named without doubt, themselves or by one of their parts; landscapes are no clue."""
    return {p.municipalities[0] for p in places if not p.ambiguous and len(p.municipalities) == 1}


def _doubted(place: Place) -> Place:
    """A part with a small letter that has the form of a common word is as good as one."""
    return replace(place, ambiguous=bool(place.part) and is_the_thing(place.name.lower()))
