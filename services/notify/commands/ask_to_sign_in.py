"""An operator asks for a sign-in link by mail. Nothing happens, and nothing is told, for an address that is not one."""

from services.notify.domain.delivery import Delivery
from services.notify.domain.tools import Tools, mark_of
from services.notify.domain.work import Work
from shared.kernel.ids import new_id


def ask_to_sign_in(email: str, work: Work, tools: Tools) -> bool:
    """Whether a mail goes out. The delivery does not keep the address, only a mark of it."""
    wanted = email.strip().casefold()
    if wanted not in tools.operators:
        return False
    now = tools.clock.now()
    work.deliveries.add(Delivery(f"signin-{new_id()}", "signin", f"operator:{mark_of(wanted)}", now, now))
    work.notice()
    return True
