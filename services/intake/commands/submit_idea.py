"""Take in an idea, whichever door it came through."""

import hmac
from dataclasses import dataclass
from datetime import timedelta

from services.intake.domain.holder import Holder
from services.intake.domain.idea import Idea, Told
from services.intake.domain.work import Asked, Work
from shared.kernel.clock import Clock
from shared.kernel.errors import Refused
from shared.kernel.ids import IdeaId, new_code, new_id
from shared.kernel.keys import Keyring, fingerprint

FORMS = "eligible_forms:"  # the directory's terms for who applies


@dataclass(frozen=True, slots=True)
class Resent:
    """A form that the same `sender` sends again `within` a time is the same idea, whatever its key.

    The sender is whatever the door knows of the one who sends; without it, whoever guesses a text would get its page.
    """

    sender: str
    within: timedelta


@dataclass(frozen=True, slots=True)
class SubmitIdea:
    """A wish to tell an idea. The key makes it safe to repeat."""

    told: Told
    holder: Holder
    key: str | None = None
    resent: Resent | None = None

    def fingerprint(self, keys: Keyring, *more: str) -> str:
        """The same for the same request, different for any other; keyed, since a short text could be guessed. Hex."""
        said = repr((self.told, self.holder, *more)).encode(errors="replace")
        return hmac.digest(keys.key("request"), said, "sha256").hex()


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

    The same key and request give the first receipt again, also when the idea has been withdrawn since. Raise `KeyReused`
    when the request differs, `Refused` when there is nothing to read or too much, or a choice that the directory does
    not have.
    """
    now, body = clock.now(), wish.fingerprint(keys)
    if wish.key and (earlier := work.ideas.by_key(wish.key)):
        idea, first = earlier
        if first != body:
            raise KeyReused
        return Receipt(idea.idea_id, idea.code, keys.holder_secret(idea.idea_id), again=True)
    form = wish.fingerprint(keys, wish.resent.sender) if wish.resent else None
    if form and wish.resent and (same := work.ideas.by_form(form, now - wish.resent.within)):
        return Receipt(same.idea_id, same.code, keys.holder_secret(same.idea_id), again=True)
    _check_choices(wish.told, work)
    idea = Idea.new(IdeaId(new_id()), _free_code(work), wish.told, wish.holder, now)
    secret = keys.holder_secret(idea.idea_id)
    work.ideas.add(idea, fingerprint(secret), Asked(wish.key or None, body, form))
    work.say(idea.received())
    if idea.holder.said_anything:
        work.say(idea.contact())
    return Receipt(idea.idea_id, idea.code, secret)


def _check_choices(told: Told, work: Work) -> None:
    """The directory says what can be chosen; while not all of it is known here, nothing is turned away."""
    choices = (("municipality", told.municipality, "municipality", ""), ("legal_form", told.legal_form, "term", FORMS))
    for field, chosen, kind, prefix in choices:
        if not chosen or not work.entries.whole():
            continue
        known = {e.id.removeprefix(prefix) for e in work.entries.of_kind(kind) if e.id.startswith(prefix)}
        if known and chosen not in known:
            raise Refused(f"no_such_{field}", field=field)


def _free_code(work: Work) -> str:
    code = new_code()
    while work.ideas.by_code(code):
        code = new_code()
    return code
