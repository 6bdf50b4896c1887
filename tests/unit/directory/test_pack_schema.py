"""The published schema accepts what we read, and refuses what we refuse for its shape."""

import jsonschema_rs
import pytest
import yaml

from services.directory.sources.pack import pack_schema
from tests.unit.directory.conftest import LITTLE
from tests.unit.directory.test_reading_a_pack import OURS


def as_one_document(folder):
    return {path.name: yaml.safe_load(path.read_text("utf-8")) for path in folder.glob("*.yaml")}


@pytest.mark.parametrize("folder", [OURS, LITTLE], ids=lambda folder: folder.name)
def test_our_packs_fit_the_schema(folder):
    jsonschema_rs.validate(pack_schema(), as_one_document(folder))


@pytest.mark.parametrize(("field", "value"), [("min_sek", -1), ("wire_kind", "scheme"), ("reviewed", None)])
def test_what_does_not_fit_is_refused(field, value):
    pack = as_one_document(LITTLE)
    pack["funding.yaml"]["funding"][0][field] = value
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(pack_schema(), pack)
