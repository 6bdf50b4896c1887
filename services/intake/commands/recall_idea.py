"""Restored from a backup: what was said of an idea after it was made holds, and what is said next has a higher number."""

from dataclasses import replace

from services.intake.domain.holder import Holder
from services.intake.domain.idea import Idea
from services.intake.domain.work import Asked, Work
from shared.events.consent_given import ConsentGiven
from shared.events.contact_given import ContactGiven
from shared.events.idea_located import IdeaLocated
from shared.events.idea_received import IdeaReceived
from shared.events.link_requested import LinkRequested
from shared.kernel.keys import Keyring, fingerprint


def recall_received(event: IdeaReceived, work: Work, keys: Keyring) -> bool:
    """Keep an idea that the backup does not have, in the words that others were told, under the link that its holder has."""
    if work.ideas.get(event.idea_id):
        return False
    secret = fingerprint(keys.holder_secret(event.idea_id))
    work.ideas.add(Idea.as_received(event), secret, Asked(key=None, body="", form=None))
    return True


def recall_contact(event: ContactGiven, work: Work) -> bool:
    """Keep who told an idea that was taken back."""
    idea = work.ideas.get(event.idea_id)
    if idea is None or idea.told is None or idea.holder.said_anything:
        return False
    holder = Holder(event.name, event.email, event.phone, idea.holder.reach, event.language)
    work.ideas.put(replace(idea, holder=holder))
    return holder.said_anything


def recall_idea(event: IdeaLocated | ConsentGiven | LinkRequested, work: Work) -> bool:
    """Whether it was news. It is not of an idea that Kafka does not have any more: nobody can make that up."""
    idea = work.ideas.get(event.idea_id)
    if idea is None or idea.told is None or event.sequence <= idea.version:
        return False
    work.ideas.put(idea.recalled(event))
    return True
