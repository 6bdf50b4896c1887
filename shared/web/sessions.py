"""Who is signed in: an operator, in a signed cookie. Holders and partners never sign in; their links are their keys."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from itsdangerous import BadData, URLSafeTimedSerializer

from shared.kernel.errors import GortError
from shared.kernel.keys import Keyring

COOKIE = "gort_operator"
HOURS = 12


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who works here. `id` is what the audit trail keeps."""

    id: str
    name: str


class SignInFirst(GortError):
    """Only operators get in here. Pages send to the sign-in page, APIs answer 401."""


class Sessions:
    """Opens and closes sessions. `secure` when the platform is reached over https."""

    def __init__(self, keys: Keyring, secure: bool) -> None:
        self._signed = URLSafeTimedSerializer(keys.key("operator-session"))
        self._secure = secure

    def open(self, response: Response, operator: Operator) -> None:
        value = str(self._signed.dumps([operator.id, operator.name]))
        response.set_cookie(
            COOKIE, value, max_age=HOURS * 3600, httponly=True, samesite="lax", secure=self._secure, path="/"
        )

    def close(self, response: Response) -> None:
        response.delete_cookie(COOKIE, path="/")

    def who(self, request: Request) -> Operator | None:
        """The operator whose session this is; none when it is absent, forged or too old."""
        try:
            identity, name = self._signed.loads(request.cookies.get(COOKIE, ""), max_age=HOURS * 3600)
        except (BadData, ValueError):
            return None
        return Operator(str(identity), str(name))


def signed_in(request: Request) -> Operator | None:
    """The operator who asks, if it is one."""
    sessions: Sessions = request.app.state.sessions
    return sessions.who(request)


def require_operator(request: Request) -> Operator:
    """A dependency that lets only operators in. Raise `SignInFirst`."""
    operator = signed_in(request)
    if operator is None:
        raise SignInFirst
    return operator


CurrentOperator = Annotated[Operator, Depends(require_operator)]
