"""What anybody's request meets before a page: the guards, the languages, the looks, the session, the limits."""

import gzip
import re
import time

import httpx
import pytest
from itsdangerous import URLSafeTimedSerializer

from shared.web.assets import STATIC
from tests.web.frame.house import House, standing

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def test_the_policy_is_exactly_what_pages_need(visitor: httpx.Client) -> None:
    said = visitor.get("/").headers["content-security-policy"]
    assert dict(part.strip().split(" ", 1) for part in said.split(";")) == POLICY


def test_a_page_has_nothing_that_the_policy_would_stop(visitor: httpx.Client) -> None:
    page = visitor.get("/?fel=1").text
    assert not re.search(r"<style|<script(?![^>]*src=)| style=| on\w+=|javascript:", page)
    outside = re.findall(r'(?:src|href|action)="(https?://[^"]+)"', page)
    assert all(address.startswith("https://lillasa.example/") for address in outside), "only sources, as links"


def test_head_is_answered_like_get(visitor: httpx.Client) -> None:
    got, headed = visitor.get("/"), visitor.head("/")
    assert (headed.status_code, headed.content) == (200, b"")
    for name in ("content-type", "content-length", "content-security-policy"):
        assert headed.headers[name] == got.headers[name]


def test_files_are_packed_kept_for_ever_and_renamed_when_they_change(visitor: httpx.Client) -> None:
    paths = re.findall(r'(?:href|src)="(/static/[^"]+)"', visitor.get("/").text)
    assert len(paths) == 4
    for path in paths:
        file = visitor.get(path)
        assert re.search(r"-[0-9a-f]{10}\.\w+$", path)
        assert "immutable" in file.headers["cache-control"]
        assert file.headers["content-encoding"] == "gzip"
        assert file.headers["vary"] == "accept-encoding", "one copy for all readers, whatever their cookies"
        assert visitor.get(path, headers={"accept-encoding": "identity"}).content == file.content
    packed = sum(len(gzip.compress(file.read_bytes())) for file in STATIC.iterdir())
    assert packed < 14_000, "the frame of the first page fits the first round trip of a bad line"
    assert visitor.get("/static/gort-0000000000.css").status_code == 404


@pytest.mark.parametrize(
    ("asked", "tag", "words"),
    [
        ({"headers": {"accept-language": "en-GB, sv;q=0.5"}}, "en", "Skip to"),
        ({"headers": {"accept-language": "fi"}}, "sv", "Hoppa till"),
        ({"params": {"lang": "en"}}, "en", "Skip to"),
        ({"cookies": {"lang": "en"}}, "en", "Skip to"),
    ],
)
def test_a_reader_gets_the_frame_in_their_language(house: House, asked: dict, tag: str, words: str) -> None:
    with httpx.Client(base_url=house.address, cookies=asked.pop("cookies", None)) as visitor:
        page = visitor.get("/", **asked)
    assert f'<html lang="{tag}" dir="ltr"' in page.text
    assert words in page.text


def test_choosing_a_language_is_one_click_that_keeps_the_filter_and_is_remembered(visitor: httpx.Client) -> None:
    page = visitor.get("/", params={"om": "äldre", "lang": "sv"}).text
    link = re.search(r'href="([^"]+)" lang="en"', page)
    assert link and link.group(1) == "?om=%C3%A4ldre&amp;lang=en"
    visitor.get("/?om=%C3%A4ldre&lang=en")
    assert '<html lang="en"' in visitor.get("/").text


def test_choosing_a_theme_leads_back_and_is_remembered(visitor: httpx.Client) -> None:
    page = visitor.get("/?om=allt").text
    back = re.search(r'name="till" value="([^"]+)"', page)
    assert back
    chosen = visitor.post("/utseende", data={"tema": "dark", "till": back.group(1)})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/?om=allt")
    assert 'data-theme="dark"' in visitor.get("/").text
    visitor.post("/utseende", data={"tema": "", "till": "/"})
    assert "data-theme" not in visitor.get("/").text


@pytest.mark.parametrize("till", ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example", ""])
def test_choosing_a_theme_sends_nobody_to_another_site(visitor: httpx.Client, till: str) -> None:
    assert visitor.post("/utseende", data={"tema": "dark", "till": till}).headers["location"] == "/"


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_another_sites_form_is_refused_in_words(visitor: httpx.Client, headers: dict[str, str]) -> None:
    answer = visitor.post("/utseende", data={"tema": "dark"}, headers=headers)
    assert answer.status_code == 403
    assert "Det går inte härifrån" in answer.text
    assert "set-cookie" not in answer.headers


def test_an_operator_gets_in_and_a_program_is_told_to_sign_in(visitor: httpx.Client) -> None:
    away = visitor.get("/desk", params={"visa": "ring"})
    assert (away.status_code, away.headers["location"]) == (303, "/logga-in")
    refused = visitor.get("/api/desk")
    assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")
    cookie = visitor.post("/logga-in", data={"name": "Åsa"}).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "max-age=43200" in cookie
    assert "secure" not in cookie, "this address is not https: the browser would drop it"
    assert visitor.get("/api/desk").json() == {"name": "Åsa"}
    assert "Logga ut" in visitor.get("/desk").text


def test_over_https_sessions_and_browsers_are_told_so() -> None:
    with standing("https://gort.example") as house, house.visitor() as visitor:
        answer = visitor.post("/logga-in", data={"name": "Åsa"})
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_session_that_is_forged_old_or_for_something_else_opens_nothing(
    house: House, visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cookie(key: bytes, hours_ago: float = 0) -> str:
        moment = int(time.time() - hours_ago * 3600)
        monkeypatch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda _: moment)
        signed = str(URLSafeTimedSerializer(key).dumps(["o1", "Åsa"]))
        monkeypatch.undo()
        return signed

    ours = house.keys.key("operator-session")

    def opens(value: str) -> bool:
        return visitor.get("/api/desk", headers={"cookie": f"gort_operator={value}"}).status_code == 200

    assert opens(cookie(ours, hours_ago=11.9))
    assert not opens(cookie(ours, hours_ago=12.1))
    assert not opens(cookie(house.keys.key("answer-link")))
    assert not opens("x" + cookie(ours)[1:])
    assert not opens("rubbish")


def test_who_asks_too_often_is_told_how_long_to_wait(visitor: httpx.Client) -> None:
    assert [visitor.get("/api/few").status_code for _ in range(3)] == [200, 200, 429]
    told = visitor.get("/api/few")
    assert 50 <= int(told.headers["retry-after"]) <= 60
    assert told.json()["detail"].startswith("Det blev många försök")
    assert "127.0.0.1" not in told.text
    assert visitor.get("/few").status_code == 200, "one scope does not use up another"
