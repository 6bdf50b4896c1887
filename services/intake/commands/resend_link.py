"""A holder lost the link: send it again, to the address that was given and to no other."""

from services.intake.domain.work import Work
from shared.kernel.clock import Clock


def resend_link(code: str, email: str, work: Work, clock: Clock) -> bool:
    """Whether a mail goes out. The one who asks is told the same either way: nobody learns who told an idea."""
    idea = work.ideas.by_code(code)
    if idea is None or idea.told is None or not idea.holder.email:
        return False
    if idea.holder.email.casefold() != email.strip().casefold():
        return False
    asked, said = idea.ask_link(clock.now())
    work.ideas.put(asked)
    work.say(said)
    return True
