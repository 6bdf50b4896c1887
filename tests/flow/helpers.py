"""What people do, through the doors that they have: tell, follow, answer, look at the desk."""

import re
from typing import Any

import httpx

from tests.running import Running, until

API = "/api/intake/v1/ideas"


def tell(here: Running, text: str, **more: Any) -> dict[str, str]:
    """Tell an idea through the API; the receipt."""
    answer = httpx.post(here.address + API, json={"text": text, "may_share": True, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def status(here: Running, code: str) -> str:
    return httpx.get(f"{here.address}{API}/{code}").json()["status"]


def asked(here: Running, receipt: dict[str, str]) -> None:
    """Wait until a partner has been asked."""
    until(lambda: status(here, receipt["code"]) == "asked", "a partner was asked")


def mails(here: Running, operator: httpx.Client) -> list[str]:
    """The texts of all mails in the mailbox, newest first."""
    page = operator.get("/att-gora/brev").text
    found = re.findall(r'href="(/att-gora/brev/\d+)"', page)
    return [operator.get(path).text for path in found]


def answer_link(here: Running, operator: httpx.Client) -> str:
    """The newest lead's answer link, as its partner has it by mail."""
    links: list[str] = []

    def mailed() -> bool:
        for mail in mails(here, operator):
            links.extend(re.findall(r'href="(http[^"?]+/svar/[^"?/]+)\?svar=ja"', mail))
        return bool(links)

    until(mailed, "a lead was mailed")
    return links[0]
