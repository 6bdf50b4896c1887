"""One secret for the platform, and the keys derived from it, so that no link or session is stored in clear."""

import hashlib
import hmac
from dataclasses import dataclass

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0 1 i l o u: it is read aloud and typed


@dataclass(frozen=True, slots=True)
class Keyring:
    """Derives a key per purpose from the platform's secret (HMAC-SHA256)."""

    secret: bytes

    def key(self, purpose: str) -> bytes:
        """The key for one purpose: 32 bytes. Two purposes never share one."""
        return hmac.digest(self.secret, purpose.encode(), "sha256")

    def holder_secret(self, idea_id: str) -> str:
        """What opens the holder's page: ``r7kq-9m2p-x4wd-8hjt`` (16 letters, 78 bits). Derived anew each time.

        Intake knows it by `fingerprint`; notify derives it for the mail. Nobody stores it.
        """
        number = int.from_bytes(hmac.digest(self.key("holder-page"), idea_id.encode(), "sha256"), "big")
        letters: list[str] = []
        for _ in range(16):
            number, place = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[place])
        return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def fingerprint(secret: str) -> str:
    """A secret as it is stored and looked up: SHA-256, hex. Dashes, spaces and case do not matter."""
    plain = "".join(c for c in secret.lower() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
