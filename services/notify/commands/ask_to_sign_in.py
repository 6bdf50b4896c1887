"""An operator asks for a sign-in link by mail. Nothing happens, and nothing is told, for an address that is not one."""

from services.notify.domain.delivery import Delivery
from services.notify.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.ids import new_id


def ask_to_sign_in(email: str, operators: str, work: Work, clock: Clock) -> bool:
    """`operators` is the setting: addresses with commas between. Whether a mail goes out."""
    known = {address.strip().casefold() for address in operators.split(",") if address.strip()}
    wanted = email.strip().casefold()
    if wanted not in known:
        return False
    now = clock.now()
    work.deliveries.add(Delivery(f"signin-{new_id()}", "signin", f"operator:{wanted}", now, now))
    work.notice()
    return True
