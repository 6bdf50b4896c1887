"""Whatever is thrown at it: a clear answer, nothing lost, and the service goes on."""

import json
import threading
from collections.abc import Iterator

import httpx
import pytest

from shared.messaging.record import Record
from shared.messaging.transport import Batch
from tests.flow.helpers import API, answer_link, asked, tell
from tests.running import Running, running, until


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(
        tmp_path_factory.mktemp("data"), NOTIFY_POLICY="auto", NOTIFY_DEMO_DOMAIN="partner.example"
    ) as platform:
        yield platform


def post(here: Running, **what: object) -> httpx.Response:
    return httpx.post(here.address + API, **what)  # pyright: ignore


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ({"content": b"{not json", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"\xff\xfe", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"text=hej", "headers": {"content-type": "text/csv"}}, 415),
        ({"content": b'{"text": "hej"}'}, 415),
        ({"json": []}, 422),
        ({"json": {}}, 422),
        ({"json": {"text": ""}}, 422),
        ({"json": {"text": "   \u200b\x00\x07 "}}, 422),
        ({"json": {"text": "hej", "surprise": 1}}, 422),
        ({"json": {"text": "hej på er", "reach": "mail"}}, 422),
        ({"json": {"text": "hej på er", "reach": "pigeon"}}, 422),
        ({"json": {"text": "hej på er", "email": "nowhere", "reach": "mail"}}, 422),
        ({"json": {"text": "x" * 30_000}}, 422),
        ({"json": {"text": "x" * 1_000_000}}, 413),
    ],
)
def test_what_cannot_be_taken_in_is_said_as_a_problem(here: Running, what: dict[str, object], status: int) -> None:
    answer = post(here, **what)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"] and problem["detail"]


def test_json_that_cannot_be_read_has_no_field_to_correct(here: Running) -> None:
    answer = post(here, content=b'{"text" x}', headers={"content-type": "application/json"})
    (wrong,) = answer.json()["errors"]
    assert (wrong["code"], wrong.get("field")) == ("json_invalid", None)


@pytest.mark.parametrize("choice", [{"municipality": "0180"}, {"legal_form": "furstehus"}], ids=str)
def test_a_choice_that_the_directory_does_not_have_is_named(here: Running, choice: dict[str, str]) -> None:
    told = {"text": "Ett språkkafé på biblioteket", **choice}
    until(lambda: post(here, json=told).is_error, "the directory was learned")
    problem = post(here, json=told).json()
    assert (problem["status"], problem["field"]) == (422, next(iter(choice)))


@pytest.mark.parametrize(
    "text",
    [
        "🚲🔧 en cykelverkstad för alla 👵👦",
        "فكرتي أن نمشي معاً كل أسبوع حول المدينة ونتحدث بالسويدية",
        "<script>alert(1)</script> en verkstad i Söderhamn",
        "'; DROP TABLE ideas; -- en bytardag i Bollnäs",
        "<html><body><h1>Odla</h1><p>Vi vill odla ihop</p><script>evil()</script></body></html>",
        "{{ 7 * 7 }} {% raise %} ett kafé",
        "å" * 20_000,
        "a\u202eb\u0000c\u0007 en stig genom skogen",
    ],
)
def test_odd_words_are_kept_and_shown_as_words(here: Running, text: str) -> None:
    receipt = tell(here, text, may_share=False)
    page = httpx.get(receipt["link"])
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "49" not in page.text.split('class="words"')[1].split("</blockquote>")[0]


def test_the_same_key_told_twice_is_one_idea_and_another_body_is_refused(here: Running) -> None:
    idea = {"text": "En lekplats vid skolan"}
    first = post(here, json=idea, headers={"Idempotency-Key": "k1"})
    again = post(here, json=idea, headers={"Idempotency-Key": "k1"})
    assert first.json() == again.json()
    other = post(here, json={"text": "En annan idé"}, headers={"Idempotency-Key": "k1"})
    assert other.status_code == 422
    assert other.json()["code"] == "key_reused"


def test_many_taps_at_once_are_one_idea(here: Running) -> None:
    answers: list[str] = []

    def tap() -> None:
        fields = {"text": "En bänk vid ån", "key": "one-form", "reach": "none"}
        answers.append(httpx.post(here.address + "/", data=fields).headers["location"])

    taps = [threading.Thread(target=tap) for _ in range(8)]
    for each in taps:
        each.start()
    for each in taps:
        each.join()
    assert len(set(answers)) == 1
    assert len(answers) == 8


def test_the_back_button_with_another_text_keeps_the_text_and_asks(here: Running) -> None:
    client = here.client()
    client.post("/", data={"text": "En bänk vid kyrkan", "key": "back"})
    page = client.post("/", data={"text": "En bänk vid skolan", "key": "back"})
    assert "Du har redan skickat" in page.text
    assert "En bänk vid skolan" in page.text
    assert 'value="back"' not in page.text, "sending it now makes an idea of its own"


def test_a_form_that_cannot_be_taken_keeps_what_was_written(here: Running) -> None:
    page = here.client().post("/", data={"text": "Min idé", "reach": "call", "contact": "070-1", "place": "Färila"})
    assert page.status_code == 422
    assert "Min idé" in page.text and "Färila" in page.text and "070-1" in page.text
    assert "<title>Fel:" in page.text


def test_forged_and_broken_answer_links_say_what_to_do(here: Running) -> None:
    receipt = tell(here, "Ett språkkafé på biblioteket för oss som är nya i landet", place="Söderhamn")
    asked(here, receipt)
    link = answer_link(here, here.operator())
    for bad in (f"{link[:-3]}xyz", f"{here.address}/svar/abc", f"{link}%00", f"{here.address}/svar/{'x' * 5000}"):
        answer = here.client().get(bad)
        assert answer.status_code in (404, 414), bad
        assert "Traceback" not in answer.text
    assert here.client().post(f"{link}/ja", data={"name": ""}).status_code == 422
    assert here.client().post(f"{link}/nej", data={"name": "K", "why": "because"}).status_code == 422


def test_another_sites_page_cannot_answer_for_somebody(here: Running) -> None:
    answer = httpx.post(here.address + "/", data={"text": "hej"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    answer = httpx.post(here.address + "/", data={"text": "hej"}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_every_answer_forbids_what_pages_do_not_need(here: Running) -> None:
    for path in ("/", "/katalog/vem", "/finns-inte", "/api/intake/v1/ideas/XXXXXXX", "/health/live"):
        headers = httpx.get(here.address + path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    secret = httpx.get(tell(here, "En brygga", may_share=False)["link"]).headers
    assert (secret["referrer-policy"], secret["cache-control"]) == ("no-referrer", "no-store")


def test_a_broken_event_is_seen_replayed_and_gone(here: Running) -> None:
    from services.matching.storage.tables import ideas as table

    store = here.platform.services["matching"].store
    with store.database.writer.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER broken BEFORE INSERT ON {table.name} BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    receipt = tell(here, "Ett språkkafé för alla nya på biblioteket i Söderhamn")
    operator = here.operator()
    until(lambda: "parked" in json.dumps(operator.get("/api/notify/v1/queue").json()), "the operator sees it")
    assert "keep-idea" in operator.get("/drift/matching/parkerade").text
    with store.database.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    row = operator.get("/drift/matching/parkerade").text.split('name="row" value="')[1].split('"')[0]
    operator.post("/drift/matching/parkerade/igen", data={"row": row})
    asked(here, receipt)
    until(lambda: "parked" not in json.dumps(operator.get("/api/notify/v1/queue").json()), "it left the list")


def test_a_flood_of_rubbish_is_thrown_away_by_its_cause(here: Running) -> None:
    dispatch = here.platform.dispatches["matching"]
    rubbish = [Record("intake.ideas", 0, 10_000 + n, b"k", (), b"garbage") for n in range(19)]
    dispatch.handle(Batch(rubbish))
    operator = here.operator()
    page = operator.get("/drift/matching/parkerade").text
    assert "intake.ideas/0/10018" in page and "ce_id_missing" in page and "Släng alla 19" in page
    operator.post("/drift/matching/parkerade/slang", data={"reason": "ce_id_missing"})
    assert "ce_id_missing" not in operator.get("/drift/matching/parkerade").text
    until(lambda: "parked" not in json.dumps(operator.get("/api/notify/v1/queue").json()), "it left the list")


def test_it_still_works_after_all_that(here: Running) -> None:
    assert httpx.get(here.address + "/health/ready").json() == {"ready": True, "troubles": {}}
    assert httpx.get(here.address + "/health/live").json()["live"]
