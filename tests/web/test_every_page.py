"""Every page that the route tables know: closed to nobody but whom it is for, translated, and free of what axe finds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser

from tests.browser import axe, browser
from tests.flow.helpers import answer_link, asked, tell
from tests.running import Running, running, until

# What anybody may open. Everything else asks who you are.
OPEN = re.compile(
    r"^/$|^/static/|^/utseende$|^/health/|^/metrics$|^/min/|^/kod|^/personuppgifter$|^/tillganglighet$"
    r"|^/katalog(/|$)|^/svar/|^/logga-in|^/api/intake/|^/api/directory/"
)


@dataclass(frozen=True)
class Site:
    """A platform with something in every state, and an address for every page."""

    here: Running
    pages: dict[str, str]
    operator: httpx.Client


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("data"), NOTIFY_POLICY="auto", NOTIFY_DEMO_DOMAIN="partner.example") as here:
        operator, partner = here.operator(), here.client()
        text = "Ett språkkafé på biblioteket för oss som är nya i landet, där vi fikar och pratar svenska"
        pages: dict[str, str] = {}
        for state in ("requested", "accepted", "rejected", "withdrawn"):
            receipt = tell(here, f"{text} ({state})", place="Söderhamn", reach="mail", email="a@holder.example")
            asked(here, receipt)
            link = answer_link(here, operator)
            if state == "accepted":
                partner.post(f"{link}/ja", data={"name": "Karin"})
            if state == "rejected":
                partner.post(f"{link}/nej", data={"name": "Karin", "why": "no_capacity"})
            mine = receipt["link"].removeprefix(here.address)
            if state == "withdrawn":
                partner.post(f"{receipt['link']}/ta-tillbaka")
            pages |= {f"mine {state}": mine, f"lead {state}": link.removeprefix(here.address)}
            pages |= {f"receipt {state}": f"{mine}/framme"}
        danger = tell(here, "Jag orkar inte leva längre, ingen bryr sig om mig")
        until(lambda: "acute" in operator.get("/api/notify/v1/queue").text, "danger was seen")
        pages |= {"mine in danger": danger["link"].removeprefix(here.address)}
        waiting = tell(here, text, place="Söderhamn", may_share=False)
        until(lambda: waiting["code"] in operator.get("/api/notify/v1/queue").text, "something waits")
        rows = {row["code"]: row for row in operator.get("/api/notify/v1/queue").json()}
        row = rows[waiting["code"]]
        pages |= {"dossier in danger": f"/att-gora/ide/{rows[danger['code']]['idea_id']}"}
        pages |= {"dossier": f"/att-gora/ide/{row['idea_id']}", "match": f"/matchning/{row['idea_id']}"}
        mail = re.search(r"/att-gora/brev/\d+", operator.get("/att-gora/brev").text)
        assert mail
        pages |= {"mail": mail.group(), "mine waiting": waiting["link"].removeprefix(here.address)}
        pages |= {"place": pages["mine requested"] + "/ratta", "withdraw": pages["mine requested"] + "/ta-tillbaka"}
        pages |= {"pause": pages["lead requested"] + "/paus", "enter": "/logga-in/abc", "problem": "/finns-inte"}
        for path in ("vem/coompanion-gavleborg", "pengar/kommunalt-foreningsbidrag", "utmaningar/aldre"):
            pages[path] = f"/katalog/{path}"
        pages |= {"example": "/katalog/exempel/fritidsbanken", "method": "/katalog/metoder/idetavling"}
        pages |= {"queue search": "/att-gora?sok=finns-inte", "parked": "/drift/notify/parkerade"}
        pages |= {path: path for path in routes(here) if "{" not in path}
        yield Site(here, pages, operator)


def routes(here: Running) -> list[str]:
    """The path of every page that can be asked for; APIs, health and static files are no pages."""
    pages = {path for path, method, _ in walk(here.app.router) if method == "GET"}
    return sorted(p for p in pages if p != "/metrics" and not p.startswith(("/health", "/static", "/api")))


def walk(router: Any, prefix: str = "") -> Iterator[tuple[str, str, APIRoute]]:
    """(path, method, route) of every route, those of included routers too."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield from ((prefix + route.path, method, route) for method in route.methods)
        elif inner := getattr(route, "original_router", None):
            yield from walk(inner, prefix + route.include_context.prefix)


def test_nobody_gets_in_where_only_operators_do(site: Site) -> None:
    tried = 0
    with httpx.Client(base_url=site.here.address) as nobody:
        for route, method, _ in walk(site.here.app.router):
            if OPEN.search(route):
                continue
            path = re.sub(r"{[^}]+}", "x", route)
            answer = nobody.request(method, path)
            tried += 1
            closed = answer.status_code == 401 or answer.headers.get("location", "").startswith("/logga-in")
            assert closed, f"{method} {path}: {answer.status_code}"
    assert tried > 20


def test_every_page_answers_and_leaves_no_raw_text(site: Site) -> None:
    """In the pseudo-locale every translated text stands in brackets: Swedish outside them was never marked."""
    swedish = re.compile(r"\b(och|för|inte|från|är|din|ditt|det här|vem|vad|läs|visa|skicka)\b", re.IGNORECASE)
    for name, path in site.pages.items():
        page = site.operator.get(path, params={"lang": "qps"} if "?" not in path else None)
        assert page.status_code in (200, 404), f"{name}: {page.status_code}"
        frame = re.sub(r"(?s)<(script|style|svg|blockquote|option).*?</\1>|<!--.*?-->", "", page.text)
        frame = re.sub(r"(?s)<(?:td|span|div|p|h1|h3|strong|dd)[^>]*lang=\"sv\".*?</", "</", frame)
        for text in re.findall(r">([^<>]+)<", frame):
            outside = re.sub(r"⟦.*?⟧", "", text, flags=re.DOTALL)
            if "⟦" in text:
                assert not swedish.search(outside), f"{name}: {text.strip()[:120]}"


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.mark.browser
@pytest.mark.timeout(900)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_page(site: Site, chrome: Browser, theme: str, width: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, locale="sv-SE")
    cookies = [{"name": c.name, "value": c.value or "", "url": site.here.address} for c in site.operator.cookies.jar]
    context.add_cookies([c for c in cookies if c["name"] == "gort_operator"])  # pyright: ignore
    context.add_cookies([{"name": "theme", "value": theme, "url": site.here.address}])
    page = context.new_page()
    language = "en" if theme == "dark" else "sv"
    found: list[str] = []
    for name, path in site.pages.items():
        page.goto(f"{site.here.address}{path}{'&' if '?' in path else '?'}lang={language}")
        found += [f"{name}: {violation}" for violation in axe(page)]
        sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        found += [f"{name}: scrolls sideways"] if sideways else []
    context.close()
    assert not found, "\n".join(found)
