"""A reader gets the language they chose, else the first that their browser asks for and we have."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.i18n import Tongue, tongue
from shared.web.language import Spoken, best

KNOWN = {tag: Tongue(tag) for tag in ("sv", "en", "fi")}


@pytest.mark.parametrize(
    ("accept", "tag"),
    [
        ("", "sv"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("en-GB,en;q=0.9,sv;q=0.8", "en"),
        ("sv;q=0.5, en;q=0.9", "en"),
        ("sv; q=0.5, en; q=0.9", "en"),
        ("ar, so;q=0.9, fi;q=0.3", "fi"),
        ("ar, so", "sv"),
        ("*", "sv"),
        ("en;q=0", "sv"),
        ("en;q=0, fi;q=0.1", "fi"),
        ("en;q=x, fi", "fi"),
        (";;;,,,q=,", "sv"),
    ],
)
def test_the_browsers_wish_is_met(accept: str, tag: str) -> None:
    assert best(accept, KNOWN) == tag


@given(st.text(max_size=200))
def test_any_header_gives_a_language_that_we_have(accept: str) -> None:
    assert best(accept, KNOWN) in KNOWN


def visit(query: str = "", **headers: str) -> tuple[str, dict[str, str]]:
    """The language that a page is made in, and the headers of its answer."""
    seen, answer = list[str](), dict[str, str]()

    async def page(scope, receive, send) -> None:
        seen.append(tongue().tag)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def sent(message) -> None:
        answer.update({name.decode(): value.decode() for name, value in message["headers"]})

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "path": "/", "query_string": query.encode(), "headers": raw}
    asyncio.run(Spoken(page, KNOWN)(scope, None, sent))  # type: ignore[arg-type]
    return seen[0], answer


def test_a_choice_is_remembered() -> None:
    language, answer = visit("lang=en", accept_language="fi")
    assert language == "en"
    assert answer["set-cookie"].startswith("lang=en;")


def test_what_was_chosen_before_comes_before_the_browsers_wish() -> None:
    language, answer = visit(cookie="lang=fi", accept_language="en")
    assert language == "fi"
    assert "set-cookie" not in answer


@pytest.mark.parametrize("query", ["lang=xx", "lang=", "lang=en%0d%0aSet-Cookie:x", ""])
def test_what_we_do_not_have_cannot_be_chosen(query: str) -> None:
    language, answer = visit(query, cookie="lang=xx", accept_language="fi")
    assert language == "fi"
    assert "set-cookie" not in answer


def test_a_page_in_one_language_leaves_the_next_alone() -> None:
    visit("lang=en")
    assert tongue().tag == "sv"
