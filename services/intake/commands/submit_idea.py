"""Take in an idea, whichever door it came through."""

import hashlib
from dataclasses import dataclass

from services.intake.domain.holder import Holder
from services.intake.domain.idea import Idea, Told
from services.intake.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.errors import Refused
from shared.kernel.ids import IdeaId, new_code, new_id
from shared.kernel.keys import Keyring, fingerprint

FORMS = "eligible_forms:"  # the directory's terms for who applies


@dataclass(frozen=True, slots=True)
class SubmitIdea:
    """A wish to tell an idea. The key makes it safe to repeat."""

    told: Told
    holder: Holder
    key: str | None = None

    def fingerprint(self) -> str:
        """The same for the same request, different for any other: SHA-256, hex."""
        return hashlib.sha256(repr((self.told, self.holder)).encode(errors="replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the holder gets: the code to read aloud, and the secret of their own page."""

    idea_id: IdeaId
    code: str
    secret: str
    again: bool = False  # the same request had been taken in before


class KeyReused(Refused):
    """The key was used for another text: the first stands, this one is not kept."""

    def __init__(self) -> None:
        super().__init__("key_reused", field="text")


def submit_idea(wish: SubmitIdea, work: Work, keys: Keyring, clock: Clock) -> Receipt:
    """Keep the idea, say that it came, and hand back its receipt.

    The same key and request give the first receipt again. Raise `KeyReused` when the request differs, `Refused` when
    there is nothing to read or too much, or a choice that the directory does not have.
    """
    if wish.key and (earlier := work.ideas.by_key(wish.key)):
        idea, body = earlier
        if body != wish.fingerprint():
            raise KeyReused
        return Receipt(idea.idea_id, idea.code, keys.holder_secret(idea.idea_id), again=True)
    _check_choices(wish.told, work)
    idea = Idea.new(IdeaId(new_id()), _free_code(work), wish.told, wish.holder, clock.now())
    secret = keys.holder_secret(idea.idea_id)
    work.ideas.add(idea, fingerprint(secret), wish.key, wish.fingerprint())
    work.say(idea.received())
    if idea.holder.said_anything:
        work.say(idea.contact())
    return Receipt(idea.idea_id, idea.code, secret)


def _check_choices(told: Told, work: Work) -> None:
    """The directory says what can be chosen; while it is not known here, nothing is turned away."""
    choices = (("municipality", told.municipality, "municipality", ""), ("legal_form", told.legal_form, "term", FORMS))
    for field, chosen, kind, prefix in choices:
        known = (
            {e.id.removeprefix(prefix) for e in work.entries.of_kind(kind) if e.id.startswith(prefix)} if chosen else ()
        )
        if known and chosen not in known:
            raise Refused(f"no_such_{field}", field=field)


def _free_code(work: Work) -> str:
    code = new_code()
    while work.ideas.by_code(code):
        code = new_code()
    return code
