"""From the form to the holder's page, with two regions: nothing but the pack says which one it is."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.flow.helpers import answer_link, asked, mails, status, tell
from tests.running import Running, running, until

LITEN = Path("tests/packs/liten")


@dataclass(frozen=True)
class Story:
    pack: str
    text: str
    place: str
    name: str


STORIES = [
    Story(
        "data/gavleborg", "Ett språkkafé på biblioteket för oss som är nya i landet", "Söderhamn", "Gör’t tillsammans"
    ),
    Story(
        str(LITEN),
        "Vi är flera som sitter ensamma. Kan vi inte äta tillsammans, en middag i veckan?",
        "Lillåsa",
        "Lillåsa hjälps åt",
    ),
]


@pytest.fixture(scope="module", params=STORIES, ids=lambda story: Path(story.pack).name)
def story(request: pytest.FixtureRequest) -> Story:
    return request.param


@pytest.fixture(scope="module")
def here(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = {
        "NOTIFY_POLICY": "auto",
        "NOTIFY_DEMO_DOMAIN": "partner.example",
        "PACK": story.pack,
        "NOTIFY_THRESHOLD": "0.05",
    }
    with running(tmp_path_factory.mktemp("data"), **settings) as platform:
        yield platform


def test_a_yes_reaches_the_holder(here: Running, story: Story) -> None:
    receipt = tell(here, story.text, place=story.place, reach="mail", email="eva@holder.example", name="Eva Ek")
    asked(here, receipt)
    operator, partner = here.operator(), here.client()
    link = answer_link(here, operator)
    page = partner.get(link)
    assert page.status_code == 200
    assert "eva@holder.example" not in page.text
    assert partner.get(link).text == page.text, "looking changes nothing"
    assert status(here, receipt["code"]) == "asked"

    answered = partner.post(f"{link}/ja", data={"name": "Karin"})
    assert "eva@holder.example" in answered.text
    until(lambda: status(here, receipt["code"]) == "accepted", "the yes was heard")
    mine = httpx.get(receipt["link"]).text
    assert "Karin svarade" in mine
    assert story.name in mine
    until(lambda: any("sa ja till din idé" in mail for mail in mails(here, operator)), "the holder was told")


def test_a_no_asks_the_next_and_a_second_thought_takes_it_back(here: Running, story: Story) -> None:
    receipt = tell(here, f"{story.text}, och en gång till", place=story.place)
    asked(here, receipt)
    operator, partner = here.operator(), here.client()
    link = answer_link(here, operator)
    assert partner.post(f"{link}/nej", data={"name": "Karin"}).status_code == 422, (
        "a no without a reason teaches nothing"
    )
    assert partner.post(f"{link}/nej", data={"name": "", "why": "no_capacity"}).status_code == 422, (
        "who answered is kept"
    )
    assert partner.post(f"{link}/nej", data={"name": "Karin", "why": "no_capacity"}).status_code == 200
    until(lambda: "sa nej" in httpx.get(receipt["link"]).text, "the no was heard")
    assert partner.post(f"{link}/ja", data={"name": "Karin"}).status_code == 409, "answered is answered"
    assert partner.post(f"{link}/angra").status_code == 200
    until(lambda: "ångrade sitt svar" in httpx.get(receipt["link"]).text, "the second thought was heard")
    assert partner.post(f"{link}/ja", data={"name": "Karin"}).status_code == 200


def test_the_holder_confirms_the_place(here: Running, story: Story) -> None:
    receipt = tell(here, f"{story.text} {story.place}", place=story.place)
    asked(here, receipt)
    mine = httpx.get(receipt["link"]).text
    assert "Stämmer det?" in mine
    code = mine.split('name="municipality" value="')[1][:4]
    client = here.client()
    assert client.post(f"{receipt['link']}/plats", data={"municipality": code}).status_code == 200
    assert "Stämmer det?" not in client.get(receipt["link"]).text


def test_withdrawing_reaches_the_partner_and_forgets_the_words(here: Running, story: Story) -> None:
    receipt = tell(here, f"{story.text} med hemligheten krusbärskräm", place=story.place)
    asked(here, receipt)
    operator, partner = here.operator(), here.client()
    link = answer_link(here, operator)
    assert "krusbärskräm" in partner.get(link).text
    client = here.client()
    assert "Du tog tillbaka idén" in client.post(f"{receipt['link']}/ta-tillbaka").text
    until(lambda: "Ni behöver inte svara längre" in partner.get(link).text, "the partner was told")
    assert "krusbärskräm" not in partner.get(link).text
    assert partner.post(f"{link}/ja", data={"name": "Karin"}).status_code == 409
    assert client.post(f"{receipt['link']}/ta-tillbaka").status_code == 200, "a second tap is no error"
    assert status(here, receipt["code"]) == "withdrawn"


def test_an_idea_that_may_not_be_shown_waits_for_an_operator(here: Running, story: Story) -> None:
    receipt = tell(here, story.text, place=story.place, may_share=False)
    operator = here.operator()
    until(lambda: receipt["code"] in operator.get("/api/notify/v1/queue").text, "it stands on the list")
    row = next(r for r in operator.get("/api/notify/v1/queue").json() if r["code"] == receipt["code"])
    assert row["know"] == "await_consent"
    dossier = operator.get(f"/att-gora/ide/{row['idea_id']}")
    assert dossier.status_code == 200
    assert operator.post("/att-gora/skicka", data={"referral": row["key"]}).status_code == 409
    assert operator.post("/att-gora/samtycke", data={"idea": row["idea_id"]}).status_code == 200
    assert operator.post("/att-gora/skicka", data={"referral": row["key"]}).status_code == 200
    asked(here, receipt)


def test_the_whole_life_of_an_idea_is_one_trace(here: Running, story: Story) -> None:
    receipt = tell(here, story.text, place=story.place, reach="mail", email="spar@holder.example", name="Spår Spårsson")
    asked(here, receipt)
    command = [sys.executable, "-m", "deploy", "trace", receipt["code"], "--json"]
    variables = {**os.environ, "GORT_DATA": str(here.platform.env.platform.data), "GORT_PACK": story.pack}

    def life() -> list[dict[str, str]]:
        shown = subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout
        assert "spar@holder" not in shown and "Spårsson" not in shown
        return json.loads(shown)

    until(lambda: any(row["what"] == "lead to partner: sent" for row in life()), "the lead went out")
    rows = life()
    assert {row["service"] for row in rows} == {"intake", "matching", "notify"}
    assert len({row["trace"] for row in rows}) == 1, rows


def test_somebody_in_danger_sees_help_first_and_nothing_to_apply_for(here: Running, story: Story) -> None:
    receipt = tell(here, "Jag orkar inte leva längre, ingen bryr sig om mig", place=story.place)
    until(lambda: status(here, receipt["code"]) == "matched", "it was read")
    page = httpx.get(receipt["link"]).text
    help_first, timeline = page.index("Är någon i fara?"), page.index("Vad som har hänt")
    assert help_first < timeline
    assert "Pengar som passar" not in page
    assert "De här kan hjälpa till" not in page
    operator = here.operator()
    first = operator.get("/api/notify/v1/queue").json()[0]
    assert (first["code"], first["know"]) == (receipt["code"], "acute"), "an operator reads it before all else"


def test_pausing_holds_every_message_until_it_is_lifted(here: Running, story: Story) -> None:
    operator = here.operator()
    assert "Alla utskick är pausade" in operator.post("/att-gora/paus", data={"paused": "yes"}).text
    before = len(mails(here, operator))
    receipt = tell(here, story.text, place=story.place, reach="mail", email="paus@holder.example")
    asked(here, receipt)
    assert len(mails(here, operator)) == before
    operator.post("/att-gora/paus", data={})
    until(lambda: len(mails(here, operator)) >= before + 2, "what was held went out")
