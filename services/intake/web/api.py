"""Intake's API: tell an idea, and ask how far it has come."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.intake.channels import api as channel
from services.intake.commands.submit_idea import SubmitIdea
from services.intake.queries.status import status_of
from services.intake.web.door import Door
from shared.kernel.ids import tidy_code
from shared.web.limits import limited

Key = Annotated[
    str | None,
    Header(
        max_length=200,
        description="Makes it safe to repeat: same key and idea, same answer, for 7 days. An empty one is no key",
    ),
]
Short = Annotated[str | None, Field(default=None, max_length=200)]
EXAMPLE: dict[str, JsonValue] = {
    "text": "Ett språkkafé på biblioteket, varje torsdag.",
    "place": "Exempelby",
    "may_share": True,
}


class NewIdea(BaseModel):
    """An idea in somebody's own words. Only `text` is needed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    text: str = Field(description="The idea; 1 to 20 000 characters, in any language")
    title: Short
    place: Annotated[str | None, Field(default=None, max_length=200, description="Village, district or municipality")]
    municipality: Annotated[str | None, Field(default=None, pattern=r"^\d{4}$", description="SCB's code, if known")]
    legal_form: Annotated[str | None, Field(default=None, max_length=40, pattern=r"^[a-z-]+$")]
    name: Annotated[str | None, Field(default=None, max_length=120)]
    email: Annotated[str | None, Field(default=None, max_length=254)]
    phone: Annotated[str | None, Field(default=None, max_length=40)]
    reach: Literal["mail", "call", "none"] = Field(default="none", description="How the holder wants to hear from us")
    may_share: bool = Field(default=False, description="The holder lets partners read it")
    language: Literal["sv", "en"] = Field(default="sv", description="The language that we write to the holder in")


class ReceiptOut(BaseModel):
    """`link` opens the holder's own page: show it to nobody but the holder."""

    code: str
    link: str
    status: str


class StatusOut(BaseModel):
    """How far it has come; nothing of what it says."""

    code: str
    status: Literal["received", "classified", "matched", "asked", "accepted", "withdrawn"]
    told_at: datetime
    due: date | None = None


def router(door: Door) -> APIRouter:
    routes = APIRouter()
    telling = Depends(limited(door.settings.tell_rate, "tell"))
    asking = Depends(limited(door.settings.code_rate, "code"))

    @routes.post("/ideas", status_code=201, dependencies=[telling])
    def tell(idea: NewIdea, request: Request, response: Response, idempotency_key: Key = None) -> ReceiptOut:
        """Tell an idea. The same `Idempotency-Key` and body give the same answer; another body gives 422.

        The answer stays the same after the holder has withdrawn the idea. An empty key counts as none (RFC 8941, 4.2).
        """
        told, holder = channel.told(idea.model_dump(exclude_none=True))
        key = (idempotency_key or "").strip()
        receipt = door.take(SubmitIdea(told, holder, f"api:{key}" if key else None))
        response.headers["location"] = f"{request.url.path}/{receipt.code}"
        link = door.env.urls.link("intake", "pages", f"/min/{receipt.secret}")
        return ReceiptOut(code=receipt.code, link=link, status="received")

    @routes.get("/ideas/{code}", dependencies=[asking])
    def status(code: str) -> StatusOut:
        """How far an idea has come, by its receipt code."""
        with door.store.reading() as work:
            found = status_of(tidy_code(code), work)
        return StatusOut.model_validate(
            {"code": found.code, "status": found.state, "told_at": found.told_at, "due": found.due}
        )

    return routes
