"""Another site's page cannot make a visitor's browser do something here; programs and our own pages can."""

import asyncio

import pytest
from starlette.datastructures import Headers

from shared.web.guards import HEADERS, Bounded, Headed, TooLong, cross_site

HERE = {"host": "gort.example"}


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, False),
        ({"origin": "https://gort.example"}, False),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "https://gort.example.evil.example"}, True),
        ({"origin": "https://gort.example:8443"}, True),
        ({"origin": "null"}, True),
        ({}, False),
    ],
    ids=str,
)
def test_who_may_change_something(headers: dict[str, str], refused: bool) -> None:
    assert cross_site(Headers(HERE | headers), "POST") is refused


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_anybody_may_look(method: str) -> None:
    assert not cross_site(Headers(HERE | {"sec-fetch-site": "cross-site"}), method)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_other_method_is_let_through(method: str) -> None:
    assert cross_site(Headers(HERE | {"sec-fetch-site": "cross-site"}), method)


def answered(https: bool, path: str = "/", own: tuple[tuple[bytes, bytes], ...] = ()) -> Headers:
    sent = list[dict]()

    async def page(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(own)})

    async def send(message) -> None:
        sent.append(message)

    asyncio.run(Headed(page, https)({"type": "http", "path": path, "headers": []}, None, send))  # type: ignore[arg-type]
    return Headers(raw=sent[0]["headers"])


def test_every_answer_carries_the_security_headers() -> None:
    answer = answered(https=True)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert "max-age" in answer["strict-transport-security"]
    assert answer["cache-control"] == "no-store"


def test_plain_http_does_not_promise_https() -> None:
    assert "strict-transport-security" not in answered(https=False)


def test_a_page_may_set_its_own_and_files_may_be_kept() -> None:
    assert answered(True, own=((b"referrer-policy", b"no-referrer"),))["referrer-policy"] == "no-referrer"
    assert "cache-control" not in answered(True, "/static/gort.css")


def read(most: int, *chunks: bytes, **headers: str) -> bytes:
    """The body as a page behind the bound reads it."""
    left, got = list(chunks), list[bytes]()

    async def receive():
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def page(scope, receive, send) -> None:
        more = True
        while more:
            message = await receive()
            got.append(message["body"])
            more = message["more_body"]

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(Bounded(page, most)({"type": "http", "headers": raw}, receive, None))  # type: ignore[arg-type]
    return b"".join(got)


def test_a_body_of_just_the_most_is_read() -> None:
    assert read(10, b"12345", b"67890", content_length="10") == b"1234567890"


@pytest.mark.parametrize("headers", [{"content_length": "11"}, {}, {"content_length": "3"}, {"content_length": "-1"}])
def test_one_byte_more_is_refused_whatever_the_header_says(headers: dict[str, str]) -> None:
    with pytest.raises(TooLong):
        read(10, b"12345", b"678901", **headers)
