"""Let a message to somebody become due. What it says, and the address, are looked up when it is sent."""

from services.notify.domain.delivery import Delivery, lead_id, receipt_id
from services.notify.domain.referral import Referral
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.kernel.ids import IdeaId
from shared.telemetry.tracing import traceparent


def ask_partner(referral: Referral, work: Work, tools: Tools) -> None:
    """The lead itself: once a round."""
    _due(lead_id(referral), "lead", "partner", referral.idea_id, referral, work, tools)


def write_to_partner(purpose: str, referral: Referral, work: Work, tools: Tools) -> None:
    _due(_turn(purpose, referral, work), purpose, "partner", referral.idea_id, referral, work, tools)


def write_to_holder(purpose: str, referral: Referral, work: Work, tools: Tools) -> None:
    """About one referral."""
    _due(_turn(purpose, referral, work), purpose, "holder", referral.idea_id, referral, work, tools)


def send_receipt(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Once an idea, however often it is called."""
    _due(receipt_id(idea_id), "receipt", "holder", idea_id, None, work, tools)


def send_page_link(idea_id: IdeaId, wish: int, work: Work, tools: Tools) -> None:
    """Once for each `wish` to have it again; it waits until `Deliveries.release`."""
    _due(f"link-{idea_id}-{wish}", "link", "holder", idea_id, None, work, tools, state="waiting")


def _turn(purpose: str, referral: Referral, work: Work) -> str:
    """An answer can be undone and given again, and each is told: the id has the number of what was said last."""
    case = work.cases.get(referral.idea_id)
    return f"{purpose}-{referral.referral_id}-{case.version if case else 0}"


def _due(
    delivery_id: str,
    purpose: str,
    to: str,
    idea_id: IdeaId,
    referral: Referral | None,
    work: Work,
    tools: Tools,
    state: str = "due",
) -> None:
    now = tools.clock.now()
    about = referral.referral_id if referral else None
    work.deliveries.add(Delivery(delivery_id, purpose, to, now, now, idea_id, about, state, trace=traceparent()))
    work.notice()
