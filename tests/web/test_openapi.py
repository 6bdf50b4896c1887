"""Each service's OpenAPI document, and whatever can be generated from it: no answer is a server error."""

from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from tests.running import Running, running

SERVICES = ("intake", "directory", "matching", "notify")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data")) as platform:
        yield platform


@pytest.mark.timeout(300)
@pytest.mark.parametrize("service", SERVICES)
def test_nothing_that_can_be_asked_is_answered_with_a_server_error(here: Running, service: str) -> None:
    operator = here.operator()
    shape = operator.get(f"/api/{service}/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(shape)
    tried: list[int] = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=25,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        @schemathesis_given(operation)
        def probe(case: schemathesis.Case) -> None:
            sent = case.as_transport_kwargs(base_url=here.address)
            sent = {
                k: v for k, v in sent.items() if k in ("method", "url", "params", "json", "content", "headers", "data")
            }
            try:
                answer = operator.request(**sent)
            except (httpx.InvalidURL, UnicodeEncodeError, ValueError, httpx.LocalProtocolError):
                return  # what no client can send
            tried.append(answer.status_code)
            assert answer.status_code < 500, f"{sent}: {answer.text}"

        probe()
    assert tried


def schemathesis_given(operation):
    from hypothesis import given

    return given(case=operation.as_strategy())
