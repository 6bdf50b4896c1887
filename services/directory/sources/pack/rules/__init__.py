"""What must hold in a pack whose files have the right shape. A rule reads the whole pack and yields defects."""

from collections.abc import Callable, Iterator

from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rules.actors import actors
from services.directory.sources.pack.rules.challenges import challenges
from services.directory.sources.pack.rules.every_entry import every_entry
from services.directory.sources.pack.rules.funding import funding
from services.directory.sources.pack.rules.places import places
from services.directory.sources.pack.rules.references import references
from services.directory.sources.pack.rules.samples import samples
from services.directory.sources.pack.rules.texts import texts
from services.directory.sources.pack.rules.words import words
from shared.kernel.defects import Defect

Rule = Callable[[Pack], Iterator[Defect]]

RULES: tuple[Rule, ...] = (
    every_entry,
    texts,
    references,
    places,
    actors,
    funding,
    challenges,
    words,
    samples,
)
