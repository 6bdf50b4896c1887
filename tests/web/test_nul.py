"""PostgreSQL takes no NUL as text: wherever somebody sends one, the answer is clear and nothing breaks."""

import json
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

import httpx
import pytest
from fastapi.dependencies.models import ModelField

from shared.kernel.ids import new_id
from tests.flow.helpers import API, answer_link, asked, tell
from tests.running import Running, running, until
from tests.servers import postgres
from tests.web.test_every_page import walk

NUL = quote("a\0b")
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server, name = postgres(), f"nul_{new_id()[:8]}"
    server.create(*(f"{name}_{service}" for service in ("intake", "directory", "matching", "notify")))
    settings = {"NOTIFY_POLICY": "auto", "NOTIFY_DEMO_DOMAIN": "partner.example"}
    with running(tmp_path_factory.mktemp("data"), DATABASE_URL=server.url(f"{name}_{{service}}"), **settings) as made:
        yield made


def requests(here: Running, known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(method, address, form) of every route, with a NUL in each part of path, query and form in turn."""

    def at(path: str, **odd: str) -> str:
        return re.sub(r"{(\w+)[^}]*}", lambda part: {**known, **odd}.get(part[1], "1"), path)

    def named(params: Sequence[ModelField]) -> list[str]:
        return [param.alias for param in params]

    for path, method, route in walk(here.app.router):
        takes = route.dependant
        yield from ((method, at(path, **{name: NUL}), "") for name in named(takes.path_params))
        yield from ((method, f"{at(path)}?{name}={NUL}", "") for name in named(takes.query_params))
        fields = named(takes.body_params)
        for odd in fields:
            yield method, at(path), "&".join(f"{name}={NUL if name == odd else '1'}" for name in fields)


def test_a_nul_in_any_address_or_form_is_answered_and_breaks_nothing(here: Running) -> None:
    operator = here.operator()
    until(lambda: "Ideell förening" in httpx.get(here.address).text, "the directory was told")
    until(lambda: not any(here.platform.transport.lags().values()), "all have heard it")
    text, address = "Ett språkkafé på biblioteket för oss som är nya i landet", "a@holder.example"
    receipt = tell(here, text, place="Söderhamn", reach="mail", email=address)
    asked(here, receipt)
    token = answer_link(here, operator).rsplit("/", 1)[1]
    known = {"secret": receipt["link"].rsplit("/", 1)[1], "token": token, "service": "intake"}
    operator.follow_redirects, answers = False, dict[tuple[str, str], int]()
    for method, address, form in requests(here, known):
        answer = operator.request(method, address, content=form.encode(), headers=FORM if form else {})
        answers[f"{method} {address}".replace(token, "…"), form] = answer.status_code
    assert len(answers) > 100
    assert not {sent for sent, status in answers.items() if status >= 500}


@pytest.mark.parametrize("odd", ["a\0b", "a\ud800b"], ids=["nul", "half a character"])
@pytest.mark.parametrize("field", ["text", "name", "email", "place", "title", "municipality", "legal_form", "language"])
def test_what_no_column_can_hold_in_json_is_left_out_or_refused(here: Running, field: str, odd: str) -> None:
    told = {"text": "Ett språkkafé på biblioteket", field: f"Ett språkkafé {odd}"}
    body = json.dumps(told).encode()
    answer = httpx.post(here.address + API, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (201, 422), answer.text
