"""An idea as its holder told it, and where it stands."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.intake.domain.holder import Holder, reach_of
from services.intake.domain.language import language_of
from services.intake.domain.masking import masked
from services.intake.domain.words import MOST, has_words, readable, short
from shared.events.consent_given import ConsentGiven
from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.events.idea_located import IdeaLocated
from shared.events.idea_received import IdeaReceived
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.events.link_requested import LinkRequested
from shared.kernel.errors import Conflict, Refused
from shared.kernel.ids import IdeaId, LanguageTag, MunicipalityCode


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody filled in, whichever door it came through."""

    text: str
    title: str | None = None
    place: str | None = None
    municipality: MunicipalityCode | None = None
    legal_form: str | None = None
    may_share: bool = False
    channel: str = "web"


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea. `version` counts what was said of it. A withdrawn one has neither words nor holder."""

    idea_id: IdeaId
    code: str
    told: Told | None
    holder: Holder
    language: LanguageTag
    told_at: datetime
    version: int = 1
    confirmed: MunicipalityCode | None = None  # where the holder said that it lives
    withdrawn_at: datetime | None = None

    @classmethod
    def new(cls, idea_id: IdeaId, code: str, told: Told, holder: Holder, at: datetime) -> "Idea":
        """An idea just told. Raise `Refused` when no words are left after cleaning, or something is too long."""
        if len(told.text) > MOST * 2:
            raise Refused("too_long", field="text", params={"most": MOST})
        text = readable(told.text)
        if not has_words(text):
            raise Refused("nothing_to_read", field="text")
        if len(text) > MOST:
            raise Refused("too_long", field="text", params={"most": MOST})
        clean = replace(told, text=text, title=short(told.title, "title"), place=short(told.place, "place"))
        return cls(idea_id, code, clean, holder, language_of(text), at)

    @classmethod
    def as_received(cls, event: IdeaReceived) -> "Idea":
        """An idea as others were told of it: without who told it, and with what looked like a name or number masked."""
        told = Told(
            event.text,
            event.title,
            event.place,
            event.municipality,
            event.legal_form,
            event.may_share,
            event.channel,
        )
        holder = Holder(reach=reach_of(event.reach))
        return cls(event.idea_id, event.code, told, holder, event.language, event.at, event.sequence)

    def received(self) -> IdeaReceived:
        """What others are told of it: nothing of who told it."""
        told = self._open()
        name = self.holder.name
        return IdeaReceived(
            idea_id=self.idea_id,
            sequence=self.version,
            at=self.told_at,
            code=self.code,
            title=masked(told.title, name) if told.title else None,
            text=masked(told.text, name),
            language=self.language,
            place=masked(told.place, name) if told.place else None,
            municipality=told.municipality,
            legal_form=told.legal_form,
            channel=told.channel,
            may_share=told.may_share,
            reach=self.holder.reach,
        )

    def contact(self) -> ContactGiven:
        """Who told it, for notify alone."""
        return ContactGiven(
            idea_id=self.idea_id,
            sequence=self.version,
            at=self.told_at,
            name=self.holder.name,
            email=self.holder.email,
            phone=self.holder.phone,
            reach=self.holder.reach,
            language=self.holder.language,
        )

    def locate(self, municipality: MunicipalityCode, at: datetime) -> tuple["Idea", IdeaLocated]:
        """The idea at the place that its holder says. Raise `Conflict` when it is withdrawn."""
        self._open()
        idea = replace(self, confirmed=municipality, version=self.version + 1)
        said = IdeaLocated(idea_id=self.idea_id, sequence=idea.version, at=at, municipality=municipality)
        return idea, said

    def share(self, at: datetime) -> tuple["Idea", ConsentGiven]:
        """The idea with leave to show it to partners. Raise `Conflict` when it is withdrawn."""
        idea = replace(self, told=replace(self._open(), may_share=True), version=self.version + 1)
        return idea, ConsentGiven(idea_id=self.idea_id, sequence=idea.version, at=at)

    def ask_link(self, at: datetime) -> tuple["Idea", LinkRequested]:
        """The holder lost the link. Raise `Conflict` when it is withdrawn."""
        self._open()
        idea = replace(self, version=self.version + 1)
        return idea, LinkRequested(idea_id=self.idea_id, sequence=idea.version, at=at)

    def withdraw(self, at: datetime) -> tuple["Idea", IdeaWithdrawn, ContactErased]:
        """The idea without words and holder, and what to say. Raise `Conflict` when it is withdrawn already."""
        self._open()
        idea = replace(self, told=None, holder=Holder(), withdrawn_at=at, version=self.version + 1)
        gone = IdeaWithdrawn(idea_id=self.idea_id, sequence=idea.version, at=at)
        return idea, gone, ContactErased(idea_id=self.idea_id, sequence=idea.version, at=at)

    def recalled(self, said: IdeaLocated | ConsentGiven | LinkRequested) -> "Idea":
        """As after having said that, which a backup did not have. Raise `Conflict` when it is withdrawn."""
        idea = replace(self, version=said.sequence)
        if isinstance(said, IdeaLocated):
            return replace(idea, confirmed=said.municipality)
        if isinstance(said, ConsentGiven):
            return replace(idea, told=replace(self._open(), may_share=True))
        return idea

    def _open(self) -> Told:
        if self.told is None:
            raise Conflict("already_withdrawn")
        return self.told
