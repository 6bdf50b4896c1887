"""Every part of a page, in every state: translated, found whole by axe, usable by keyboard and without a connection."""

import re
from collections.abc import Iterator
from itertools import product

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe, browser
from tests.web.frame.house import FOUND, PACK, House

# What is not the frame's to translate: the region's own words, names of languages, days, and what the test said.
OTHERS = (PACK / "region.yaml").read_text("utf-8") + " Svenska English fredag december Karin K7R 2QX ".join(
    FOUND.values()
)


@pytest.mark.parametrize("path", ["/", "/?fel=1", "/desk", "/finns-inte", "/refused/conflict"])
def test_no_text_of_the_frame_is_raw(visitor: httpx.Client, path: str) -> None:
    """In the pseudo-locale every word that the frame says stands in brackets."""
    visitor.post("/logga-in", data={"name": "Karin"})
    page = visitor.get(path, params={**httpx.URL(path).params, "lang": "qps"}).text
    page = re.sub(r"(?s)<(script|svg|blockquote)\b.*?</\1>|<!--.*?-->", "", page)
    for text in re.findall(r">([^<>]+)<", page) + re.findall(r'(?:aria-label|placeholder)="([^"]+)"', page):
        outside = re.sub(r"(?s)⟦.*?⟧", " ", text)
        raw = [word for word in re.findall(r"[A-Za-zÅÄÖåäö]{2,}", outside) if word not in OTHERS]
        assert not raw, f"{text.strip()!r}: {raw}"


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def page(house: House, chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(base_url=house.address, viewport={"width": 360, "height": 800}, locale="sv-SE")
    opened = context.new_page()
    loud: list[str] = []
    opened.on("console", lambda message: loud.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: loud.append(str(error)))
    yield opened
    context.close()
    assert not [line for line in loud if "status of" not in line], "the policy stopped something, or a script failed"


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(house: House, chrome: Browser, width: int, theme: str) -> None:
    context = chrome.new_context(base_url=house.address, viewport={"width": width, "height": 900}, bypass_csp=True)
    context.add_cookies([{"name": "theme", "value": theme, "url": house.address}])
    context.request.post("/logga-in", form={"name": "Karin"})
    page, found = context.new_page(), list[str]()
    for path, language in product(("/?fel=", "/?fel=1", "/desk?", "/finns-inte?"), ("sv", "en")):
        page.goto(f"{path}&lang={language}")
        found += [f"{path} {language}: {violation}" for violation in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path} {language}: scrolls sideways")
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.browser
def test_each_error_leads_to_its_field(page: Page) -> None:
    page.goto("/?fel=1")
    assert page.title().startswith("Fel:")
    assert page.evaluate("document.activeElement.className").startswith("errors"), "read first"
    links = page.locator(".errors a")
    for index, field in enumerate(FOUND):
        links.nth(index).click()
        assert page.evaluate("document.activeElement.name") == field
        described = "document.activeElement.closest('[aria-describedby]').getAttribute('aria-describedby')"
        assert f"{field}-err" in page.evaluate(described).split()
        page.keyboard.press("Tab")


@pytest.mark.browser
def test_an_unsent_text_outlives_the_page(page: Page) -> None:
    page.goto("/")
    page.fill("#text", "En bänk vid ån")
    page.goto("/finns-inte")
    page.goto("/")
    assert page.input_value("#text") == "En bänk vid ån"


@pytest.mark.browser
def test_a_second_tap_sends_nothing_until_a_while_has_passed(page: Page) -> None:
    page.clock.install()
    page.goto("/")
    page.evaluate("document.addEventListener('submit', (e) => { taps.push(e.defaultPrevented); e.preventDefault() })")
    page.evaluate("window.taps = []")
    for _ in range(2):
        page.click("form .btn >> nth=0")
    page.clock.fast_forward(5000)
    page.click("form .btn >> nth=0")
    assert page.evaluate("taps") == [False, True, False]


@pytest.mark.browser
def test_arrows_walk_the_queue(page: Page) -> None:
    page.goto("/")
    page.locator(".queue tbody a").first.focus()
    for key, words in (
        ("ArrowDown", "Lånelåda"),
        ("ArrowRight", "Öppna"),
        ("ArrowLeft", "Lånelåda"),
        ("ArrowUp", "Bänk vid ån"),
    ):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent") == words


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["", "light", "dark"])
def test_the_chosen_theme_can_be_seen(page: Page, house: House, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": house.address}])
    page.goto("/")
    filled = (
        "buttons => buttons.filter(b => getComputedStyle(b).backgroundColor != 'rgba(0, 0, 0, 0)').map(b => b.value)"
    )
    assert page.eval_on_selector_all(".theme button", filled) == [theme]
