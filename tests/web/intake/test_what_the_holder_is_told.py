"""The holder's page says what is known and no more, and lets a holder who said no at first say yes."""

import re

import httpx

from tests.flow.helpers import answer_link, asked, status, tell
from tests.running import Running, until

TEXT = "Ett språkkafé på biblioteket för oss som är nya i landet"


def page(receipt: dict[str, str], **headers: str) -> str:
    return httpx.get(receipt["link"], headers=headers).text


def test_asked_is_not_read(here: Running) -> None:
    receipt = tell(here, TEXT, place="Söderhamn")
    asked(here, receipt)
    mine = page(receipt)
    assert "De har inte svarat än" in mine
    assert "Frågan går till Söderhamns kommun" in mine
    assert "Vi frågade" not in mine and "Vi väntar" not in mine, "it may not have left the house yet"
    assert "rubriken" not in mine
    assert "har läst" not in mine and "har sett" not in mine


def test_after_a_yes_that_was_undone_nobody_says_that_they_do_not_know_who_you_are(here: Running) -> None:
    receipt = tell(here, f"{TEXT} igen", place="Söderhamn", email="eva@holder.example", reach="mail")
    asked(here, receipt)
    partner, link = here.client(), answer_link(here, here.operator())
    assert "eva@holder.example" in partner.post(f"{link}/ja", data={"name": "Karin"}).text
    assert partner.post(f"{link}/angra").status_code == 200
    until(lambda: "ångrade sitt svar" in page(receipt), "the second thought was heard")
    assert "De har redan fått veta vem du är." in page(receipt)
    assert "inte vem du är" not in page(receipt)


def test_a_withdrawal_keeps_who_was_shown_what_and_nothing_of_the_idea(here: Running) -> None:
    receipt = tell(here, f"{TEXT} med sylt", place="Söderhamn", email="eva@holder.example", reach="mail")
    asked(here, receipt)
    partner, link = here.client(), answer_link(here, here.operator())
    partner.post(f"{link}/ja", data={"name": "Karin Kvarnström"})
    until(lambda: status(here, receipt["code"]) == "accepted", "the yes was heard")
    assert "Ta tillbaka" in httpx.get(f"{receipt['link']}/ta-tillbaka").text
    mine = here.client().post(f"{receipt['link']}/ta-tillbaka").text
    assert "din e-postadress" in mine and "idén, utan ditt namn och nummer" in mine
    assert "får veta att idén är tillbakatagen" in mine
    assert not [word for word in ("sylt", "eva@holder", "Kvarnström") if word in mine]


def test_a_withdrawal_before_anybody_was_asked_says_nothing_of_others(here: Running) -> None:
    receipt = tell(here, "Ett hus", may_share=False)
    assert "veta att idén är tillbakatagen" not in httpx.get(f"{receipt['link']}/ta-tillbaka").text
    mine = here.client().post(f"{receipt['link']}/ta-tillbaka").text
    assert "Du tog tillbaka idén" in mine
    assert "veta att idén är tillbakatagen" not in mine and "har fått se" not in mine


def test_a_holder_who_says_yes_later_is_offered_like_any_other(here: Running) -> None:
    receipt = tell(here, f"{TEXT} till sist", place="Söderhamn", may_share=False)
    operator = here.operator()
    until(lambda: receipt["code"] in operator.get("/api/notify/v1/queue").text, "it waits for leave")
    assert "Får vi visa idén" in page(receipt)
    assert here.client().post(f"{receipt['link']}/visa").status_code == 200
    asked(here, receipt)
    assert "Får vi visa idén" not in page(receipt)
    assert "Du sa att vi fick visa idén." in page(receipt)
    assert here.client().post(f"{receipt['link']}/visa").status_code == 200, "a second tap is no error"


def test_nobody_can_show_an_idea_that_was_taken_back(here: Running) -> None:
    receipt = tell(here, "Ett torg", may_share=False)
    client = here.client()
    client.post(f"{receipt['link']}/ta-tillbaka")
    assert client.post(f"{receipt['link']}/visa").status_code == 409


def test_in_english_a_partner_has_one_name(here: Running) -> None:
    receipt = tell(here, f"{TEXT} på engelska", place="Söderhamn")
    asked(here, receipt)
    mine = page(receipt, **{"accept-language": "en"})
    assert "A question to Söderhamn Municipality" in mine
    assert "<dt>Söderhamn Municipality" in mine
    assert "question goes to Söderhamn Municipality" in mine


def test_a_no_that_was_undone_has_told_nobody_who_you_are(here: Running) -> None:
    receipt = tell(here, f"{TEXT} med saft", place="Söderhamn", email="eva@holder.example", reach="mail")
    asked(here, receipt)
    partner, link = here.client(), answer_link(here, here.operator())
    partner.post(f"{link}/nej", data={"name": "Karin", "why": "no_capacity"})
    partner.post(f"{link}/angra")
    until(lambda: "Någon som redan hade svarat ångrade sig" in page(receipt), "the second thought was heard")
    partner.post(f"{link}/ja", data={"name": "Karin"})
    until(lambda: status(here, receipt["code"]) == "accepted", "the yes was heard")
    assert "ångrade sitt svar" in page(receipt)
    assert "De har redan fått veta vem du är." not in page(receipt)


def test_a_question_that_moved_with_the_place_says_so(here: Running) -> None:
    receipt = tell(here, f"{TEXT} med bullar", place="Söderhamn")
    asked(here, receipt)
    here.client().post(f"{receipt['link']}/plats", data={"municipality": "2183"})
    until(lambda: "Du rättade var idén hör hemma" in page(receipt), "the question moved")


def test_a_question_that_an_operator_took_back_says_so(here: Running) -> None:
    receipt = tell(here, f"{TEXT} med våfflor", place="Söderhamn")
    asked(here, receipt)
    operator = here.operator()
    home = re.findall(r"/att-gora/ide/\w+", operator.get(f"/att-gora?sok={receipt['code']}").text)[0]
    [referral] = re.findall(r'aterkalla"><input type="hidden" name="referral" value="(\w+)"', operator.get(home).text)
    operator.post("/att-gora/aterkalla", data={"referral": referral})
    until(lambda: "Någon av oss som arbetar här tog tillbaka frågan." in page(receipt), "it was taken back")
