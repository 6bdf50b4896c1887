"""Whatever cannot be done is said in the reader's language: to a program as RFC 9457, to a person as a page."""

from collections.abc import Iterator

import httpx
import pytest

ENGLISH = {"accept-language": "en"}


def problem(answer: httpx.Response) -> dict:
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"] and told["title"] and told["detail"] and told["instance"] == answer.url.path
    return told


@pytest.mark.parametrize(
    ("path", "status"),
    [("missing", 404), ("conflict", 409), ("field", 422), ("broken", 500), ("disk", 503)],
)
def test_a_refusal_is_a_problem_to_programs_and_a_page_to_people(visitor: httpx.Client, path: str, status: int) -> None:
    told = problem(visitor.get(f"/api/refused/{path}"))
    assert told["status"] == status
    page = visitor.get(f"/refused/{path}")
    assert page.status_code == status
    assert f"<h1>{told['title']}</h1>" in page.text
    assert "112" in page.text, "help now is on every page that leads nowhere"
    for text in (page.text, str(told)):
        assert "secret-inside" not in text and "INSERT" not in text and "Traceback" not in text


def test_a_refusal_carries_its_code_field_and_parameters(visitor: httpx.Client) -> None:
    told = problem(visitor.get("/api/refused/conflict"))
    assert (told["code"], told["who"], told["detail"]) == ("bench_taken", "Karin", "Karin sitter redan där.")
    assert (told["status"], told["title"]) == (409, "Det går inte som läget är nu"), "parameters never hide these"
    assert problem(visitor.get("/api/refused/field"))["field"] == "text"


def test_a_program_that_asks_for_json_gets_it_everywhere(visitor: httpx.Client) -> None:
    assert problem(visitor.get("/refused/missing", headers={"accept": "application/json"}))
    browser = {"accept": "text/html,application/xhtml+xml,application/json;q=0.9"}
    assert "<h1>" in visitor.get("/refused/missing", headers=browser).text


@pytest.mark.parametrize(
    ("body", "field", "swedish", "english"),
    [
        ({}, "name", "Det här behövs.", "This is needed."),
        ({"name": "x"}, "name", "Skriv minst 3 tecken.", "3"),
        ({"name": "x" * 30}, "name", "Skriv högst 20 tecken.", "20"),
        ({"name": "Bänk", "seats": 0}, "seats", "Det får vara minst 1.", "1"),
        ({"name": "Bänk", "seats": "många"}, "seats", "Här ska det stå ett heltal.", "number"),
        ({"name": "Bänk", "seats": 1.5}, "seats", "Det här går inte att läsa.", "read"),
        ({"name": "Bänk", "colour": "röd"}, "colour", "Det här fältet finns inte.", "field"),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_the_readers_language(
    visitor: httpx.Client, body: dict, field: str, swedish: str, english: str
) -> None:
    told = problem(visitor.post("/api/benches", json=body))
    assert [(e["field"], e["detail"]) for e in told["errors"]] == [(field, swedish)]
    translated = problem(visitor.post("/api/benches", json=body, headers=ENGLISH))["errors"][0]["detail"]
    assert english in translated and translated != swedish


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"{no json", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'{"name": "\xff\xfe"}', "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"x" * 300_000, "headers": {"content-type": "application/json"}}, 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(visitor: httpx.Client, sent: dict, status: int) -> None:
    assert problem(visitor.post("/api/benches", **sent))["status"] == status


def test_a_body_without_a_declared_length_is_counted_as_it_comes(visitor: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(300):
            yield b"x" * 1024

    assert problem(visitor.post("/api/benches", content=endless()))["status"] == 413


def test_a_broken_form_is_refused_in_words(visitor: httpx.Client) -> None:
    answer = visitor.post("/utseende", content=b"--x", headers={"content-type": "multipart/form-data"})
    assert answer.status_code == 400
    assert "Gå tillbaka, ladda om sidan" in answer.text


def test_the_address_of_a_form_opened_as_a_page_leads_to_the_page_of_the_form(visitor: httpx.Client) -> None:
    """Who reloads a form with errors, or reads it in another language, asks for the address that it was sent to."""
    answer = visitor.get("/desk/do", params={"lang": "en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk?lang=en")
    assert visitor.get("//evil.example/do").headers.get("location", "/").startswith("/")
    wrong = visitor.delete("/desk")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET")
