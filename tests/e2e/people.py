"""What people do in a browser, the same in every house."""

from playwright.sync_api import Browser, Page, expect

IDEA = "Vi är några som vill starta ett språkkafé på biblioteket i Söderhamn, varje torsdag kväll."
SEND = "Skicka min idé"


def visitor(chrome: Browser, javascript: bool = True) -> Page:
    return chrome.new_context(locale="sv-SE", java_script_enabled=javascript).new_page()


def written(page: Page, address: str, text: str) -> None:
    """The form, filled in and not sent."""
    page.goto(address)
    page.get_by_label("Berätta om din idé").fill(text)
    page.get_by_label("Mejla mig").check()
    page.get_by_label("Telefon eller e-post").fill("eva@holder.example")
    page.get_by_label("Ni får visa idén").check()


def received(page: Page) -> None:
    """Send what is written, and read the receipt."""
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", name="Tack! Din idé är framme.")).to_be_visible()


def said_yes(partner: Page, link: str) -> None:
    """Open the link of a lead, and say yes; then they know who told it, and not before."""
    partner.goto(link)
    assert "eva@holder.example" not in partner.content()
    partner.get_by_text("Ja, vi hör av oss").click()
    partner.locator("#n1").fill("Karin")
    partner.get_by_role("button", name="Svara ja").click()
    expect(partner.get_by_text("eva@holder.example")).to_be_visible()


def seen(page: Page, words: str) -> None:
    """Reload until the page says it: pages do not change by themselves."""
    for _ in range(60):
        if words in page.content():
            return
        page.wait_for_timeout(200)
        page.reload()
    raise AssertionError(f"the page never said: {words}; it says: {page.locator('main').inner_text()[:600]}")
