"""What may not stand anywhere: the name of a region, an address of a machine, a style or a script inside a page."""

import re
import subprocess

import pytest
import yaml

from tests.architecture.source import ROOT, files, where

PACK = yaml.safe_load((ROOT / "data/gavleborg/municipalities.yaml").read_text())
OURS = re.compile("g(ä|a|&auml;|%C3%A4)vle|hälsing|gästrik", re.IGNORECASE)
THE_ONE_DEFAULT = 'pack: Path = Field(default=Path("data/gavleborg")'  # which pack is read when nobody says

MACHINES = {
    "a folder of one machine": re.compile(r"(?<![\w.~])/(work|root|Users|home/\w+)/"),
    "a registry": re.compile(
        r"https?://[^\s/\"']*(pypi|pythonhosted|registry|artifactory|nexus|devpi|mirror)[^\s]*", re.I
    ),
    "an index": re.compile(r"^\s*--?(extra-)?index-url|^\s*-i\s+http", re.MULTILINE),
}
INSIDE_A_PAGE = {
    "a style in place": re.compile(r"<style|\sstyle\s*="),
    "a script in place": re.compile(r"<script(?![^>]*\ssrc=)|\son\w+\s*=\s*[\"']|javascript:", re.IGNORECASE),
    "a request to somebody else": re.compile(
        r"<(script|img|iframe|source|video|audio)[^>]*\ssrc=[\"']?(https?:)?//|<link[^>]*href=[\"']?(https?:)?//", re.I
    ),
}


NOT_OURS = {"tests/architecture/test_words.py", "tests/contracts/asyncapi-3.0.0.schema.json"}  # a standard's own words


def test_nothing_but_the_pack_says_which_region_this_is() -> None:
    places = re.compile(r"\b(" + "|".join(row["name"] for row in PACK["municipalities"]) + r")\b")
    suffixes = (".py", ".html", ".txt", ".css", ".js", ".svg", ".po", ".yaml", ".toml", ".json", ".mako", ".md", "")
    found = [
        f"{where(file)}: {line.strip()}"
        for file in files(*suffixes)
        for line in file.read_text(errors="replace").splitlines()
        if OURS.search(line) or places.search(line)
    ]
    assert len(found) == 1, found
    assert THE_ONE_DEFAULT in found[0]


def test_no_file_that_is_kept_names_a_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a clone")
    found: list[str] = []
    for name in filter(None, listed.stdout.split("\0")):
        file = ROOT / name
        if not file.is_file() or name in NOT_OURS:
            continue
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {what}: {hit.group()}" for what, bad in MACHINES.items() if (hit := bad.search(text))]
    assert not found


def test_pages_carry_no_style_no_script_and_ask_nobody_else() -> None:
    pages = [file for file in files(".html") if "mail" not in file.parts]  # mail has no stylesheet to link to
    found = [
        f"{where(page)}: {what}"
        for page in pages
        for what, bad in INSIDE_A_PAGE.items()
        if bad.search(re.sub(r"{#.*?#}", "", page.read_text(), flags=re.DOTALL))
    ]
    assert not found
