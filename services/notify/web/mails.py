"""Writes each message from what was looked up, in its reader's language: `templates/notify/mail/<purpose>.txt` and `.html`."""

from collections.abc import Callable, Mapping

from services.notify.domain.notifier import Message
from services.notify.queries.letter import Letter
from services.notify.web.links import AnswerLinks
from services.notify.web.sentences import WHY_YOU, joined, phrasebook
from shared.events.entry import AnyEntry
from shared.runtime.environment import Environment
from shared.web.i18n import SOURCE, Tongue, speaking
from shared.web.i18n import gettext as _
from shared.web.pages import Pages
from shared.web.wording import day

Known = Callable[[list[str]], Mapping[str, AnyEntry]]


class Post:
    """`known` looks entries up by their keys, to name challenges and places."""

    def __init__(
        self, env: Environment, pages: Pages, tongues: Mapping[str, Tongue], links: AnswerLinks, known: Known
    ) -> None:
        self._env, self._pages, self._tongues, self._links, self._known = env, pages, tongues, links, known
        self._domain = env.region.sender.address.rpartition("@")[2]

    def write(self, letter: Letter) -> Message:
        with speaking(self._tongues.get(letter.language, Tongue(SOURCE))):
            context = self._context(letter)
            purpose = letter.delivery.purpose
            return Message(
                message_id=self._id(letter.delivery.delivery_id),
                to=letter.to,
                to_name=letter.to_name,
                subject=self._subject(letter),
                text=self._pages.fill(f"notify/mail/{purpose}.txt", **context),
                html=self._pages.fill(f"notify/mail/{purpose}.html", **context),
                headers=self._headers(letter),
                idea_id=letter.delivery.idea_id,
            )

    def _id(self, name: str) -> str:
        return f"<{name}@{self._domain}>"

    def _headers(self, letter: Letter) -> dict[str, str]:
        """Threads by referral, or by idea for its holder; a partner can stop the questions with one click."""
        headers: dict[str, str] = {"Content-Language": letter.language}
        root = self._id(f"{letter.delivery.to}-{letter.delivery.referral_id or letter.delivery.idea_id or 'desk'}")
        headers |= {"References": root, "In-Reply-To": root}
        if letter.delivery.to == "partner" and letter.referral:
            token = self._links.token(letter.referral.referral_id)
            stop = self._env.urls.link("notify", "answer", f"/{token}/paus")
            headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        return headers

    def _subject(self, letter: Letter) -> str:
        place = letter.municipality or self._env.region.region
        who = letter.actor.name if letter.actor else ""
        subjects: dict[str, Callable[[], str]] = {
            "lead": lambda: _("Kan ni hjälpa någon i {place}? Svara senast {day}").format(
                place=place, day=day(letter.due) if letter.due else ""
            ),
            "accepted_partner": lambda: _("Tack för ert ja. Här är kontaktuppgifterna"),
            "cancelled_partner": lambda: _("Ni behöver inte svara längre"),
            "withdrawn_partner": lambda: _("Idén är tillbakatagen"),
            "receipt": lambda: _("Din idé är framme"),
            "link": lambda: _("Länken till din sida"),
            "signin": lambda: _("Logga in"),
            "accepted_holder": lambda: _("{who} sa ja till din idé").format(who=who),
        }
        return " ".join(subjects[letter.delivery.purpose]().replace("\u00a0", " ").split())

    def _context(self, letter: Letter) -> dict[str, object]:
        urls, referral, match = self._env.urls, letter.referral, letter.match
        reasons = match.reasons if match else ()
        keys = [f"{name}:{value}" for r in reasons for name, value in r.params.items()]
        book = phrasebook(WHY_YOU, self._known(keys))
        token = self._links.token(referral.referral_id) if referral else ""
        secret = self._env.keys.holder_secret(letter.delivery.idea_id) if letter.delivery.idea_id else ""
        return {
            "letter": letter,
            "place": letter.municipality or self._env.region.region,
            "why": joined([words for r in reasons if (words := book.say(r.code, r.params))]),
            "answer": urls.link("notify", "answer", f"/{token}"),
            "enter": urls.link("notify", "signin", f"/{letter.token}"),
            "mine": urls.link("intake", "pages", f"/min/{secret}") if letter.delivery.to == "holder" else "",
        }
