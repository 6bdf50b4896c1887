"""A pack with anything wrong is refused whole, and each defect says its file, entry and field."""

import pytest

from services.directory.sources.pack import check, read
from shared.kernel.defects import PackRefused


def put(path, value):
    """Set what `path` (``funding.0.min_sek``) points at."""

    def change(held):
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in way:
            held = held[step]
        held[last] = value

    return change


def drop(path):
    def change(held):
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in way:
            held = held[step]
        del held[last]

    return change


def twice(rows):
    return lambda held: held[rows].append(held[rows][0])


WRONG = {
    # the four that the platform promises
    "unknown challenge": ("actors", put("actors.0.challenges", ["rymden"]), "matlaget", "challenges"),
    "duplicate id": ("actors", twice("actors"), "matlaget", "id"),
    "negative amount": ("funding", put("funding.0.min_sek", -1), "byapengen", "min_sek"),
    "place outside": ("actors", put("actors.1.places", {"only": ["Paris"]}), "vagforeningen", "places.only"),
    # shape
    "unknown field": ("actors", put("actors.0.phone", "x"), "matlaget", "phone"),
    "unknown field, nested": ("funding", put("funding.0.geography.land", "x"), "byapengen", "geography.land"),
    "field missing": ("actors", drop("actors.0.description"), "matlaget", "description"),
    "number as text": ("funding", put("funding.0.max_sek", "20000"), "byapengen", "max_sek"),
    "text as truth": ("actors", put("actors.0.verified", "ja"), "matlaget", "verified"),
    "no id": ("actors", drop("actors.0.id"), "#1", "id"),
    "wrong form of id": ("actors", put("actors.0.id", "Mat laget"), "Mat laget", "id"),
    "no date": ("methods", put("methods.0.reviewed", "i går"), "kokssamtal", "reviewed"),
    "no such day": ("methods", put("methods.0.reviewed", "2026-02-30"), "kokssamtal", "reviewed"),
    "list missing": ("actors", drop("org_types"), "-", "org_types"),
    "list is no list": ("actors", put("actors", "x"), "-", "actors"),
    "row is no row": ("actors", put("actors.0", "x"), "#1", "-"),
    "word without name": ("funding", drop("kinds.0.name"), "kinds", "0.name"),
    "county without name": ("municipalities", drop("county.name"), "county", "name"),
    "sdg goal": ("challenges", put("challenges.0.sdg_goals", [18]), "ensamhet", "sdg_goals.0"),
    "own share": ("funding", put("funding.0.own_share_pct", 101), "byapengen", "own_share_pct"),
    # sources
    "verified by nobody": ("actors", put("actors.0.source", []), "matlaget", "verified"),
    "no word on where from": ("methods", drop("methods.0.source_note"), "kokssamtal", "source_note"),
    "read before written": ("actors", put("actors.0.source_year", 2027), "matlaget", "source_year"),
    "source is no URL": ("actors", put("actors.0.source", ["matlaget"]), "matlaget", "source"),
    "website is no URL": ("actors", put("actors.0.website", "http://a./"), "matlaget", "website"),
    "same thing twice": ("actors", put("actors.0.idea_stages", ["ide", "ide"]), "matlaget", "idea_stages"),
    # texts
    "one language": ("examples", put("examples.0.lesson", "Soppa räcker."), "bryggsoppan", "lesson_en"),
    "empty English": ("actors", put("actors.0.description_en", " "), "matlaget", "description_en"),
    "a step untold": ("methods", put("methods.0.steps_en", ["Tell"]), "kokssamtal", "steps_en"),
    "a phone": ("actors", put("actors.0.description", "Ring 070-174 06 05"), "matlaget", "description"),
    "an e-mail": ("methods", put("methods.0.steps.0", "Skriv till a@b.example"), "kokssamtal", "steps"),
    # codes and ids
    "org type": ("actors", put("actors.0.org_type", "liga"), "matlaget", "org_type"),
    "form": ("funding", put("funding.0.kind", "gåva"), "byapengen", "kind"),
    "stage": ("examples", put("examples.0.stage", "slut"), "bryggsoppan", "stage"),
    "funder": ("funding", put("funding.0.funder_actor_id", "ingen"), "byapengen", "funder_actor_id"),
    "municipality": ("actors", put("actors.0.municipalities", ["0180"]), "matlaget", "municipalities"),
    "example's actor": ("examples", put("examples.0.local_actor_ids", ["x"]), "bryggsoppan", "local_actor_ids"),
    "example's scheme": ("examples", put("examples.0.funding_ids", ["x"]), "bryggsoppan", "funding_ids"),
    "aspect": ("challenges", put("challenges.0.horizontal", {"x": "y"}), "ensamhet", "horizontal"),
    # places
    "scheme's municipality": (
        "funding", put("funding.0.geography.municipalities", ["0180"]), "byapengen", "geography.municipalities",
    ),
    "scheme without area": (
        "funding", put("funding.0.geography.municipalities", []), "byapengen", "geography.municipalities",
    ),
    "other county": ("municipalities", put("municipalities.0.county_code", "21"), "9901", "county_code"),
    "alias to nowhere": ("municipalities", put("municipalities.0.place_aliases.x", "Paris"), "9901", "place_aliases"),
    "unmatchable": ("municipalities", put("municipalities.0.localities", ["åsen"]), "9901", "localities"),
    "ambiguous, but nowhere": ("municipalities", put("ambiguous_localities", ["Paris"]), "-", "ambiguous_localities"),
    "no such field": ("municipalities", put("municipalities.0.unverified_fields", ["x"]), "9901", "unverified_fields"),
    "figure of no day": ("municipalities", put("municipalities.0.population_latest", {"value": 1}), "9901",
        "population_latest"),
    "area outside": (
        "municipalities", put("area_groups", [{"id": "a", "name": "A", "municipalities": ["0180"]}]), "a",
        "municipalities",
    ),
    "area is not the county": (
        "municipalities", put("area_groups", [{"id": "a", "name": "Lillåsabygden", "municipalities": []}]), "99",
        "alternative_names",
    ),
    # actors and money
    "whole county": ("actors", put("actors.0.whole_county", False), "matlaget", "whole_county"),
    "no website": ("actors", put("actors.0.website", None), "matlaget", "website"),
    "no mailbox": ("actors", put("actors.1.contact_address", "Vägen 1"), "vagforeningen", "contact_address"),
    "more than most": ("funding", put("funding.0.min_sek", 30000), "byapengen", "min_sek"),
    "amount of what": ("funding", drop("funding.0.amount_note"), "byapengen", "amount_note"),
    "no such call day": ("funding", put("funding.0.calls.0.opens", "02-30"), "byapengen", "calls.0.opens"),
    "call year": ("funding", put("funding.0.calls.1.year", 1899), "byapengen", "calls.1.year"),
    "rolling with dates": ("funding", put("funding.0.calls.0.rolling", True), "byapengen", "calls.0.rolling"),
    "open without a call": ("funding", put("funding.0.status", "lopande"), "byapengen", "status"),
    # challenges
    "keywords": ("challenges", put("challenges.0.keywords", ["ensam"]), "ensamhet", "keywords"),
    "topic": ("challenges", put("challenges.0.topics.0.id", "annat.maltid"), "ensamhet", "topics"),
    "goal without target": ("challenges", put("challenges.0.sdg_goals_without_target", []), "ensamhet",
        "sdg_goals_without_target"),
    "target without goal": ("challenges", put("challenges.1.sdg_targets", ["11.2", "4.1"]), "service", "sdg_targets"),
    # words, samples
    "code without words": ("words", drop("statuses.0"), "statuses", "lopande"),
    "words without code": ("words", put("scopes.0.id", "hela"), "scopes", "hela"),
    "words twice": ("words", twice("statuses"), "statuses", "lopande"),
    "sample from elsewhere": ("samples", put("ideas.0.place", "Paris"), "soppa-i-berg", "place"),
    "sample without consent": ("samples", put("ideas.0.may_share", False), "soppa-i-berg", "may_share"),
    "sample to a real address": ("samples", put("ideas.0.email", "a@b.se"), "soppa-i-berg", "email"),
    "sample's form": ("samples", put("ideas.0.legal_form", "liga"), "soppa-i-berg", "legal_form"),
    "sample out of reach": ("samples", put("ideas.2.reach", "call"), "fika-pa-baten", "reach"),
    "sample twice": ("samples", twice("ideas"), "soppa-i-berg", "id"),
    # region
    "no token": ("region", put("colours", {"red": {"light": "#ffffff", "dark": "#000000"}}), "-", "colours.red.[key]"),
    "no drawing": ("region", put("mark", "inget.svg"), "-", "mark"),
    "drawing elsewhere": ("region", put("map", "../map.svg"), "-", "map"),
    "help that nobody checked": ("region", put("help.0.verified", True), "-", "help.0"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "change", "entry", "field"), WRONG.values(), ids=WRONG.keys())
def test_each_kind_of_defect_is_said_by_file_entry_and_field(pack, file, change, entry, field):
    pack.edit(file, change)
    assert (file, entry, field) in {(defect.file, defect.entry, defect.field) for defect in check(pack.folder)}


def test_all_defects_are_said_at_once_across_files_and_kinds(pack):
    pack.edit("funding", put("funding.0.min_sek", -1))
    pack.edit("actors", put("actors.0.challenges", ["rymden"]))
    with pytest.raises(PackRefused) as refused:
        read(pack.folder)
    assert [(d.file, d.entry, d.field) for d in refused.value.defects] == [
        ("actors", "matlaget", "challenges"),
        ("funding", "byapengen", "min_sek"),
    ]
    assert str(refused.value).splitlines()[0] == "actors.yaml: matlaget: challenges: not allowed or unknown: rymden"


def test_a_row_that_is_left_out_is_still_somebody_to_point_at(pack):
    """Or one wrong actor would make every mention of it wrong as well."""
    pack.edit("actors", put("actors.0.phone", "x"))
    assert [(d.entry, d.field) for d in check(pack.folder)] == [("matlaget", "phone")]


NO_PACK_FILE = {
    "syntax": ("actors: [", "yaml"),
    "a key twice": ("a: 1\na: 2\n", "yaml"),
    "a key that is not text": ("a: {no: Norge}\n", "yaml"),
    "not a mapping": ("- 1\n", "yaml"),
    "empty": ("", "yaml"),
    "holds itself": ("a: &a [*a]\n", "yaml"),
    "code": ("a: !!python/object/apply:os.getcwd []\n", "yaml"),
    "bytes": ("a: !!binary aGVq\n", "yaml"),
    "not there": (None, "missing_file"),
}


def test_a_municipality_that_is_left_out_does_not_make_its_places_wrong(pack):
    def second(held):
        town = {**held["municipalities"][0], "code": "9902", "name": "Storåsa", "localities": ["Stora Åsen"]}
        held["municipalities"][0]["population"] = -1
        held["municipalities"].append({**town, "city_districts": [], "town_core": None, "place_aliases": {}})

    pack.edit("municipalities", second)
    for actor in (0, 1, 2):
        pack.edit("actors", put(f"actors.{actor}.municipalities", ["9901", "9902"]))
    assert [(d.entry, d.field) for d in check(pack.folder)] == [("9901", "population")]


@pytest.mark.parametrize(("text", "code"), NO_PACK_FILE.values(), ids=NO_PACK_FILE.keys())
def test_a_file_that_is_not_yaml_or_not_there_is_a_defect_and_not_a_traceback(pack, text, code):
    path = pack.folder / "actors.yaml"
    path.unlink() if text is None else path.write_text(text)
    (defect,) = check(pack.folder)
    assert (defect.file, defect.code) == ("actors", code)


def test_a_date_need_not_stand_in_quotes_and_one_that_is_no_day_is_a_defect_of_its_field(pack):
    path = pack.folder / "methods.yaml"
    path.write_text(path.read_text().replace("'2026-11-24'", "2026-11-24"))
    assert check(pack.folder) == ()
    path.write_text(path.read_text().replace("2026-11-24", "2026-02-30"))
    (defect,) = check(pack.folder)
    assert (defect.file, defect.entry, defect.field) == ("methods", "kokssamtal", "reviewed")


def test_a_municipality_that_lies_far_from_the_others_is_a_slip_of_the_pen(pack):
    def three(held):
        town = {**held["municipalities"][0], "localities": [], "city_districts": [], "town_core": None}
        for code, north in (("9902", 61.5), ("9903", 48.1)):
            held["municipalities"].append({**town, "code": code, "place_aliases": {}, "seat_lat": north})

    pack.edit("municipalities", three)
    found = {(d.entry, d.field, d.code) for d in check(pack.folder)}
    assert ("9903", "seat_lat", "far_away") in found
    assert not [entry for entry, _, code in found if code == "far_away" and entry != "9903"]


def test_a_name_in_two_municipalities_must_be_called_ambiguous(pack):
    def second(held):
        town = held["municipalities"][0]
        held["municipalities"].append({**town, "code": "9902", "name": "Storåsa", "localities": ["Åsen"]})

    pack.edit("municipalities", second)
    found = {(d.entry, d.field, d.code) for d in check(pack.folder)}
    assert ("9902", "localities", "ambiguous") in found
