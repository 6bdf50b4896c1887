"""An idea came in: keep it, to be assessed."""

from services.matching.commands.keep_idea import keep_idea
from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from shared.events.idea_received import IdeaReceived
from shared.kernel.clock import Clock


def on_idea_received(event: IdeaReceived, work: Work, clock: Clock) -> None:
    told = ToldIdea(
        idea_id=event.idea_id,
        code=event.code,
        title=event.title,
        text=event.text,
        language=event.language,
        place=event.place,
        municipality=event.municipality,
        legal_form=event.legal_form,
        channel=event.channel,
    )
    keep_idea(told, work, clock)
