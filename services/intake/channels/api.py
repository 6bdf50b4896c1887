"""The API: another program tells an idea for somebody."""

from collections.abc import Mapping

from services.intake.domain.channel import Channel
from services.intake.domain.holder import WAYS, Holder
from services.intake.domain.idea import Told
from shared.kernel.ids import MunicipalityCode

channel = Channel("api")


def told(fields: Mapping[str, str]) -> tuple[Told, Holder]:
    """From the request's properties, as `web/api.py` has checked them."""
    asked = fields.get("reach", "none")
    reach = asked if asked in WAYS else "none"
    municipality = fields.get("municipality")
    holder = Holder.reached(
        reach, fields.get("name"), fields.get("email"), fields.get("phone"), fields.get("language", "sv")
    )
    return (
        Told(
            text=fields.get("text", ""),
            title=fields.get("title"),
            place=fields.get("place"),
            municipality=MunicipalityCode(municipality) if municipality else None,
            legal_form=fields.get("legal_form"),
            may_share=bool(fields.get("may_share")),
            channel=channel.name,
        ),
        holder,
    )
