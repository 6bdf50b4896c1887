"""The files of a pack. Each is a head (closed lists and the like) and one list of rows under the file's own name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, cast

from pydantic import BaseModel, ConfigDict, Field

from services.directory.sources.pack import rows
from shared.events.entry import Area, Entry, Texts

Words = tuple[Entry, ...]  # a closed list with names


class PackFile(BaseModel):
    model_config = ConfigDict(frozen=True)
    rows_in: ClassVar[str] = ""


class ActorsFile(PackFile):
    rows_in = "actors"
    support_types: Words
    idea_stages: Words
    contact_channels: Texts
    target_groups: Texts
    org_types: Texts
    actors: tuple[rows.ActorRow, ...]


class FundingFile(PackFile):
    rows_in = "funding"
    kinds: Words
    eligible_forms: Texts
    statuses: Texts
    paid_codes: Words
    routes: Words
    requirements: Words
    last_reviewed: str | None = None
    funding: tuple[rows.SchemeRow, ...]


class ChallengesFile(PackFile):
    rows_in = "challenges"
    rus_goal_areas: Words
    rus_source: Texts = ()
    rus_source_note: str | None = None
    national_priorities: Words
    national_priorities_source: Texts = ()
    national_priorities_source_note: str | None = None
    horizontal_aspects: tuple[rows.Aspect, ...]
    challenges: tuple[rows.ChallengeRow, ...] = Field(min_length=1)


class MunicipalitiesFile(PackFile):
    rows_in = "municipalities"
    county: rows.CountyRow
    area_groups: tuple[Area, ...]
    ambiguous_localities: Texts
    municipalities: tuple[rows.MunicipalityRow, ...] = Field(min_length=1)


class MethodsFile(PackFile):
    rows_in = "methods"
    methods: tuple[rows.MethodRow, ...]


class ExamplesFile(PackFile):
    rows_in = "examples"
    examples: tuple[rows.ExampleRow, ...]


class WordsFile(PackFile):
    """Names for the codes of the closed lists that have none in their own file."""

    org_types: Words
    target_groups: Words
    contact_channels: Words
    eligible_forms: Words
    statuses: Words
    scopes: Words


class SamplesFile(PackFile):
    """Ideas for a demo. Evaluation must leave out those that were taken from its own material."""

    rows_in = "ideas"
    demo_addresses: str = Field(pattern=r"^[^@\s]*\{actor_id\}[^@\s]*@[^@\s]+\.example$")
    evaluation_leaves_out: Texts
    ideas: tuple[rows.SampleIdea, ...]


@dataclass(frozen=True)
class Pack:
    """A pack whose files have the right shape. `unread`: ids of rows that were left out, already reported."""

    actors: ActorsFile
    funding: FundingFile
    challenges: ChallengesFile
    municipalities: MunicipalitiesFile
    methods: MethodsFile
    examples: ExamplesFile
    words: WordsFile
    samples: SamplesFile
    unread: frozenset[tuple[str, str]] = frozenset()

    def sourced(self) -> dict[str, tuple[rows.Row, ...]]:
        """Every entry that has a source, by file; the county among the municipalities."""
        return {
            "actors": self.actors.actors,
            "funding": self.funding.funding,
            "challenges": self.challenges.challenges,
            "municipalities": (*self.municipalities.municipalities, self.municipalities.county),
            "methods": self.methods.methods,
            "examples": self.examples.examples,
        }

    def ids(self, file: str) -> set[str]:
        """Ids that may be pointed at: those of the file, and of its rows that were left out."""
        known = {row.id for row in self.sourced()[file] if not isinstance(row, rows.CountyRow)}
        return known | {entry for name, entry in self.unread if name == file}

    def knows_all_places(self) -> bool:
        """Whether every municipality could be read: until then nobody can say that a place does not exist."""
        return all(file != "municipalities" for file, _ in self.unread)

    def closed_lists(self) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
        """Every closed list whose codes have names: its file, its field, its words."""
        heads: tuple[tuple[str, PackFile], ...] = (
            ("actors", self.actors),
            ("funding", self.funding),
            ("challenges", self.challenges),
            ("words", self.words),
        )
        for file, head in heads:
            for field, held in head:
                if field != head.rows_in and isinstance(held, tuple):
                    words = tuple(word for word in cast(tuple[object, ...], held) if isinstance(word, Entry))
                    if words:
                        yield file, field, words
