"""A person tells an idea in a real browser, a partner answers by the mailed link, and the person sees it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.invite import invite_link
from tests.browser import browser
from tests.running import Running, running

pytestmark = pytest.mark.browser
IDEA = "Vi är några som vill starta ett språkkafé på biblioteket i Söderhamn, varje torsdag kväll."


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data: Path = tmp_path_factory.mktemp("data")
    with running(data, NOTIFY_POLICY="auto", NOTIFY_DEMO_DOMAIN="partner.example") as here:
        yield here


def visitor(chrome: Browser, javascript: bool = True) -> Page:
    return chrome.new_context(locale="sv-SE", java_script_enabled=javascript).new_page()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_idea_goes_in_a_partner_answers_the_holder_sees_it(
    platform: Running, chrome: Browser, javascript: bool
) -> None:
    holder = visitor(chrome, javascript)
    holder.goto(platform.address)
    holder.get_by_label("Berätta om din idé").fill(
        IDEA if javascript else f"{IDEA} Eller onsdag."
    )  # else it were the same idea
    holder.get_by_label("Mejla mig").check()
    holder.get_by_label("Telefon eller e-post").fill("eva@holder.example")
    holder.get_by_label("Ni får visa idén").check()
    holder.get_by_role("button", name="Skicka min idé").click()
    expect(holder.get_by_role("heading", name="Tack! Din idé är framme.")).to_be_visible()
    holder.get_by_role("link", name="Öppna min sida").click()
    seen(holder, "Fråga till Söderhamns kommun")

    operator = visitor(chrome, javascript)
    operator.goto(invite_link(platform.platform.services["notify"].store, platform.platform.env))
    operator.get_by_role("button", name="Logga in").click()
    operator.goto(f"{platform.address}/att-gora/brev")
    operator.get_by_role("link", name="Kan ni hjälpa").first.click()
    link = re.search(r"http\S+/svar/[^?\s\"]+", operator.locator(".letter").inner_text())
    assert link

    partner = visitor(chrome, javascript)
    partner.goto(link.group())
    assert "eva@holder.example" not in partner.content()
    partner.get_by_text("Ja, vi hör av oss").click()
    partner.locator("#n1").fill("Karin")
    partner.get_by_role("button", name="Svara ja").click()
    expect(partner.get_by_text("eva@holder.example")).to_be_visible()

    seen(holder, "sa ja och hör av sig senast")
    assert "Karin svarade" in holder.content()


def seen(page: Page, words: str) -> None:
    """Reload until the page says it: pages do not change by themselves."""
    for _ in range(60):
        if words in page.content():
            return
        page.wait_for_timeout(200)
        page.reload()
    raise AssertionError(f"the page never said: {words}; it says: {page.locator('main').inner_text()[:600]}")
