"""The signed link that lets a partner answer without an account: which question, and until when."""

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from shared.kernel.errors import Gone, NotFound
from shared.kernel.ids import ReferralId
from shared.kernel.keys import Keyring


class AnswerLinks:
    """Makes and reads tokens. `days` is how long one can be opened; whether it can still be answered, the question says."""

    def __init__(self, keys: Keyring, days: int) -> None:
        self._signed = URLSafeTimedSerializer(keys.key("answer-link"), salt="answer")
        self._age = days * 24 * 3600

    def token(self, referral_id: ReferralId) -> str:
        return str(self._signed.dumps(referral_id))

    def read(self, token: str) -> ReferralId:
        """Whose question it is. Raise `Gone` when it is too old, `NotFound` when we never made it."""
        try:
            return ReferralId(str(self._signed.loads(token, max_age=self._age)))
        except SignatureExpired as error:
            raise Gone("link_expired") from error
        except (BadSignature, ValueError) as error:
            raise NotFound("no_such_referral") from error
