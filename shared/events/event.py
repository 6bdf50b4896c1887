"""What an event is: a fact in the past tense, with a wire name, a stream and a key that never change."""

from datetime import datetime
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

_BODY = TypeAdapter(dict[str, Any])


class Event(BaseModel):
    """Something that happened. Subclasses name their wire type, their stream and the field that is their key.

    `sequence` is the version of the aggregate that the event tells of: a listener ignores what is older than it has.
    `at` is for people, never for order. Both travel as CloudEvents attributes, not in the body.
    A `tombstone` has no body at all: it says that everything under its key is gone. A `wordless` one, such as that an idea
    was withdrawn, has no field but its key: without its body it is still whole, so erasing words never loses it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    stream: ClassVar[str]
    key_field: ClassVar[str]
    tombstone: ClassVar[bool]
    wordless: ClassVar[bool]

    sequence: int = Field(ge=0, exclude=True)
    at: datetime = Field(exclude=True)

    def __init_subclass__(cls, *, type: str, stream: str, key: str, tombstone: bool = False) -> None:
        super().__init_subclass__()
        cls.type, cls.stream, cls.key_field, cls.tombstone = type, stream, key, tombstone

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Pydantic hands the class keywords on; `__init_subclass__` has taken them. Here the fields are known."""
        cls.wordless = set(cls.model_fields) <= {"sequence", "at", cls.key_field}

    @property
    def key(self) -> str:
        """The id of the aggregate: what happens to one stays in order."""
        return str(getattr(self, self.key_field))

    def body(self) -> bytes | None:
        """The value on the wire: JSON in UTF-8, or nothing for a tombstone."""
        return None if self.tombstone else self.model_dump_json().encode()

    @classmethod
    def read(cls, body: bytes | None, *, key: str, sequence: int, at: datetime) -> Self:
        """An event from its wire form. Raise `pydantic.ValidationError` when it is not one."""
        said: dict[str, Any] = {cls.key_field: key} if body is None else _BODY.validate_json(body)
        return cls.model_validate({**said, "sequence": sequence, "at": at})
