"""Names for the strings that identify things, so that one is not taken for another."""

import secrets
import uuid
from typing import NewType

IdeaId = NewType("IdeaId", str)  # uuid4, hex
ActorId = NewType("ActorId", str)  # the pack's id, or an operator's
EntryId = NewType("EntryId", str)  # an actor's, scheme's, challenge's … id in the pack
ChallengeId = NewType("ChallengeId", str)
MunicipalityCode = NewType("MunicipalityCode", str)  # SCB, four digits
ReferralId = NewType("ReferralId", str)  # uuid5 of what it is about, hex
EventId = NewType("EventId", str)  # CloudEvents id, uuid4, hex
LanguageTag = NewType("LanguageTag", str)  # BCP 47; "und" when nobody could tell

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """A fresh random id: 32 hex digits."""
    return uuid.uuid4().hex


def new_code(length: int = 7) -> str:
    """A receipt code that can be read over a phone: Crockford's letters, no I, L, O or U."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(length))


def tidy_code(text: str) -> str:
    """A code as somebody typed it, made comparable: ``g7k-4m2p`` -> ``G7K4M2P``; O is 0, I and L are 1."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))
