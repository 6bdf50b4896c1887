"""What a partner may know of who told an idea: what was disclosed to them, while their answer is yes."""

from services.notify.domain.contact import Contact
from services.notify.domain.referral import Referral, State
from services.notify.domain.work import Work


def released(referral: Referral, work: Work) -> Contact | None:
    """None when nothing was, or when it was erased since."""
    contact = work.contacts.get(referral.idea_id)
    if contact is None or referral.state is not State.ACCEPTED:
        return None
    told = [d.what for d in work.referrals.disclosures(referral.idea_id) if d.referral_id == referral.referral_id]
    known = contact.only({code for what in told for code in what})
    return known if known.given() else None
