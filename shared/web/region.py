"""Which region this is: everything that a page or a mail says of the place, its looks and its people in need.

Read from ``region.yaml`` of the pack. Pictures stand there as file names and are here as what the files hold.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, model_validator

from shared.kernel.defects import PackRefused
from shared.web.pack_file import defects_of, model_from, read_mapping

Line = Annotated[str, Field(min_length=1, pattern=r"^[^\r\n]+$")]
Hex = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Token = Annotated[str, Field(pattern=r"^--[a-z][a-z0-9-]*$")]


def _svg(name: object, info: ValidationInfo) -> object:
    """The drawing in the file that is named, in the folder of the pack (the validation's context)."""
    if not isinstance(name, str) or not isinstance(info.context, Path):
        raise ValueError("the name of an SVG file is expected")
    if Path(name).name != name or not (file := info.context / name).is_file():
        raise ValueError(f"no file {name!r} in the pack")
    if not (drawing := file.read_text("utf-8").strip()).startswith("<svg") or "<script" in drawing:
        raise ValueError(f"{name!r} is not a plain SVG drawing")
    return drawing


Svg = Annotated[str, BeforeValidator(_svg)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Words(Part):
    """The same words in the languages that every text of a pack has."""

    sv: Line
    en: Line

    def read_in(self, language: str) -> str:
        """The words in `language`; English for one that the pack does not have."""
        return self.sv if language == "sv" else self.en


class Sender(Part):
    """Whom mail comes from."""

    name: Line
    address: str = Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")


class HelpNumber(Part):
    """Where to get help now: `danger` for 112 and its like, `talk` for those who listen."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    when: Literal["danger", "talk"]
    label: Words
    number: Line  # as it is shown
    tel: str = Field(pattern=r"^\+?\d{3,15}$")  # as it is dialled
    what_for: Words
    source: tuple[str, ...]
    verified: bool
    reviewed: date

    @model_validator(mode="after")
    def _seen_somewhere(self) -> "HelpNumber":
        if self.verified and not self.source:
            raise ValueError("verified needs a source")
        return self


class ContactWay(Part):
    """A way to reach us other than the page. One that is not `active` does not work yet and is never shown."""

    kind: Literal["phone", "sms", "email", "paper", "visit"]
    active: bool
    label: Words
    href: str | None = Field(None, pattern=r"^(tel:\+?\d+|sms:\+?\d+|mailto:[^@\s]+@[^@\s]+)$")
    note: Words


class Colour(Part):
    light: Hex
    dark: Hex


class Ornament(Part):
    """Drawings that belong to the place: a mask for the forest's edge, bark lying and standing."""

    skyline: Svg
    bark_lying: Svg
    bark_standing: Svg


class Region(Part):
    """One region. `colours` are the stylesheet's custom properties that differ here, by name."""

    name: Line  # of the platform
    region: Line
    county_code: str = Field(pattern=r"^\d{2}$")
    run_by: Words
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...] = Field(min_length=1)
    sender: Sender
    help: tuple[HelpNumber, ...]
    contact: tuple[ContactWay, ...]
    colours: dict[Token, Colour]
    mark: Svg  # inline, decorative
    map: Svg  # a <symbol id="lan">, one path a municipality filled with var(--k<code>, var(--map))
    ornament: Ornament

    @property
    def ways_in(self) -> tuple[ContactWay, ...]:
        """The ways of contact that work today."""
        return tuple(way for way in self.contact if way.active)


def read_region(pack: Path) -> Region:
    """The region that a pack is about. Raise `PackRefused` with everything that is wrong."""
    held = read_mapping(pack / "region.yaml")
    try:
        return model_from(Region, held, context=pack)
    except ValidationError as error:
        raise PackRefused(defects_of(error, "region", "-")) from error
