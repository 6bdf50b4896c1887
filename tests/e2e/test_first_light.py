"""A person tells an idea in a real browser, a partner answers by the mailed link, and the person sees it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from deploy.invite import invite_link
from tests.e2e.people import IDEA, received, said_yes, seen, visitor, written
from tests.running import Running, running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data: Path = tmp_path_factory.mktemp("data")
    with running(data, NOTIFY_POLICY="auto", NOTIFY_DEMO_DOMAIN="partner.example") as here:
        yield here


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_idea_goes_in_a_partner_answers_the_holder_sees_it(
    platform: Running, chrome: Browser, javascript: bool
) -> None:
    holder = visitor(chrome, javascript)
    written(holder, platform.address, IDEA if javascript else f"{IDEA} Eller onsdag.")  # else it were the same idea
    received(holder)
    holder.get_by_role("link", name="Öppna min sida").click()
    seen(holder, "Fråga till Söderhamns kommun")

    operator = visitor(chrome, javascript)
    operator.goto(invite_link(platform.platform.services["notify"].store, platform.platform.env))
    operator.get_by_role("button", name="Logga in").click()
    operator.goto(f"{platform.address}/att-gora/brev")
    operator.get_by_role("link", name="Kan ni hjälpa").first.click()
    link = re.search(r"http\S+/svar/[^?\s\"]+", operator.locator(".letter").inner_text())
    assert link

    said_yes(visitor(chrome, javascript), link.group())
    seen(holder, "sa ja och hör av sig senast")
    assert "Karin svarade" in holder.content()
