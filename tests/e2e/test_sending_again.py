"""In a real browser: an answer that never came, and the back button, lose no text and make no second idea."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from playwright.sync_api import Error as BrowserError

from services.intake.storage.tables import ideas
from tests.e2e.people import SEND, received, visitor, written
from tests.running import Running, running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data: Path = tmp_path_factory.mktemp("data")
    with running(data) as here:
        yield here


def count(platform: Running, text: str) -> int:
    with platform.platform.services["intake"].store.database.reading() as connection:
        return len(connection.execute(ideas.select().where(ideas.c.text == text)).all())


def lost(route: Route) -> None:
    """The server hears the request; nobody hears its answer."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.abort("connectionreset")
    else:
        route.continue_()


def test_an_answer_that_was_lost_and_a_page_opened_anew_make_one_idea(platform: Running, chrome: Browser) -> None:
    page, text = visitor(chrome), "En cykelverkstad där unga lagar cyklar med äldre"
    written(page, platform.address, text)
    page.route("**/*", lost)
    with pytest.raises(BrowserError), page.expect_navigation(timeout=5000):
        page.get_by_role("button", name=SEND).click()
    page.unroute("**/*")
    assert count(platform, text) == 1
    page.goto(platform.address)
    expect(page.get_by_label("Berätta om din idé")).to_have_value(text)
    expect(page.get_by_label("Telefon eller e-post")).to_have_value("eva@holder.example")
    expect(page.get_by_label("Ni får visa idén")).to_be_checked()
    page.set_extra_http_headers({"user-agent": "the same browser, updated"})  # the key alone must do
    received(page)
    assert count(platform, text) == 1
    page.goto(platform.address)
    expect(page.get_by_label("Berätta om din idé")).to_have_value("")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_back_from_the_receipt_and_sent_again_is_one_idea(platform: Running, chrome: Browser, javascript: bool) -> None:
    page = visitor(chrome, javascript)
    text = f"Ett kafé där vi lagar mat och pratar svenska, {javascript}"
    written(page, platform.address, text)
    received(page)
    receipt = page.url
    page.go_back()
    expect(page.get_by_label("Berätta om din idé")).to_have_value(text)
    received(page)
    assert page.url == receipt
    assert count(platform, text) == 1


def test_another_idea_begun_in_the_same_tab_is_another_idea(platform: Running, chrome: Browser) -> None:
    page = visitor(chrome)
    for text in ("En bänk vid ån", "En bänk vid kyrkan"):
        written(page, platform.address, text)
        received(page)
        assert count(platform, text) == 1
