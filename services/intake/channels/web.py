"""The form on the start page: one question that matters, the rest if you want."""

from collections.abc import Mapping

from services.intake.domain.channel import Channel
from services.intake.domain.holder import WAYS, Holder, sorted_contact
from services.intake.domain.idea import Told

channel = Channel("web")


def told(fields: Mapping[str, str]) -> tuple[Told, Holder]:
    """From the form's fields: text, contact, reach, place, name, legal_form, title, share, language."""
    email, phone = sorted_contact(fields.get("contact", ""))
    asked = fields.get("reach", "none")
    reach = asked if asked in WAYS else "none"
    holder = Holder.reached(reach, fields.get("name"), email, phone, fields.get("language", "sv"))
    return (
        Told(
            text=fields.get("text", ""),
            title=fields.get("title") or None,
            place=fields.get("place") or None,
            legal_form=fields.get("legal_form", "")[:40] or None,
            may_share=bool(fields.get("share")),
            channel=channel.name,
        ),
        holder,
    )
