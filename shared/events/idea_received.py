"""Someone told us an idea. Said by intake; heard by matching (to classify) and notify (to thank, and to offer it)."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId, LanguageTag, MunicipalityCode


class IdeaReceived(Event, type="gort.intake.idea-received.v1", stream="intake.ideas", key="idea_id"):
    idea_id: IdeaId
    code: str  # the receipt code, as it is read aloud
    title: str | None  # masked like the text
    text: str  # masked: no contact details, no names that we recognised
    language: LanguageTag  # BCP 47, "und" when nobody could tell
    place: str | None  # as the holder wrote it
    municipality: MunicipalityCode | None  # only where the holder chose it
    legal_form: str | None  # one of the pack's eligible_forms; None = not said
    channel: str  # "web", "api" …
    may_share: bool  # the holder lets partners read it
    reach: str  # "mail", "call" or "none": how the holder wants to hear from us
