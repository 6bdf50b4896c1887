"""Writes each message from what was looked up, in its reader's language: `templates/notify/mail/<purpose>.txt` and `.html`."""

from collections.abc import Callable, Mapping

from services.notify.domain.delivery import Delivery, lead_id, receipt_id
from services.notify.domain.notifier import Message
from services.notify.domain.referral import Referral
from services.notify.queries.letter import NEEDS_CASE, Letter
from services.notify.web.links import AnswerLinks
from services.notify.web.sentences import WHY_YOU, joined, phrasebook
from shared.events.entry import AnyEntry
from shared.kernel.ids import IdeaId
from shared.runtime.environment import Environment
from shared.web.i18n import SOURCE, Tongue, speaking, tongue
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
                reach=letter.reach,
                to_name=letter.to_name,
                subject=self._subject(letter),
                text=self._pages.fill(f"notify/mail/{purpose}.txt", **context),
                html=self._pages.fill(f"notify/mail/{purpose}.html", **context),
                headers=self._headers(letter),
                idea_id=letter.delivery.idea_id if purpose in NEEDS_CASE else None,
            )

    def _id(self, name: str) -> str:
        return f"<{name}@{self._domain}>"

    def _headers(self, letter: Letter) -> dict[str, str]:
        thread = self._thread(letter.delivery, letter.referral)
        return {"Content-Language": tongue().tag, **thread, **self._stop(letter)}

    def _thread(self, delivery: Delivery, referral: Referral | None) -> dict[str, str]:
        """What follows answers what came first: the lead at a partner, the receipt at the holder."""
        first = (
            lead_id(referral) if referral and delivery.to == "partner" else receipt_id(delivery.idea_id or IdeaId(""))
        )
        if delivery.idea_id is None or first == delivery.delivery_id:
            return {}
        return {"In-Reply-To": self._id(first), "References": self._id(first)}

    def _stop(self, letter: Letter) -> dict[str, str]:
        """A partner can stop the questions with one click (RFC 8058)."""
        if letter.delivery.to != "partner" or letter.referral is None:
            return {}
        stop = self._env.urls.link("notify", "answer", f"/{self._links.token(letter.referral.referral_id)}/paus")
        return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

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
            "undone_holder": lambda: _("{who} ångrade sitt ja").format(who=who),
            "accepted_holder": lambda: _("{who} sa ja till din idé").format(who=who),
        }
        return " ".join(subjects[letter.delivery.purpose]().replace("\u00a0", " ").split())

    def _context(self, letter: Letter) -> dict[str, object]:
        urls, referral, match = self._env.urls, letter.referral, letter.match
        reasons = match.reasons if match else ()
        keys = [f"{name}:{value}" for r in reasons for name, value in r.params.items()]
        book = phrasebook(WHY_YOU, self._known(keys))
        token = self._links.token(referral.referral_id) if referral else ""
        return {
            "letter": letter,
            "place": letter.municipality or self._env.region.region,
            "why": joined([words for r in reasons if (words := book.say(r.code, r.params))]),
            "answer": urls.link("notify", "answer", f"/{token}"),
            "enter": urls.link("notify", "signin", f"/{letter.token}"),
            "mine": self._page_of(letter.delivery),
            "tag": tongue().tag,
        }

    def _page_of(self, delivery: Delivery) -> str:
        """The holder's own page: for the holder alone."""
        if delivery.to != "holder" or delivery.idea_id is None:
            return ""
        return self._env.urls.link("intake", "pages", f"/min/{self._env.keys.holder_secret(delivery.idea_id)}")
