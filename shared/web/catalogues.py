"""Are all texts translated? `python -m shared.web.catalogues` names what is missing or stale; `--update` adds the missing.

Run by `make check`. A folder's catalogues hold the texts of that folder: `shared/web`, and `web` (and mails) of a service.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
OPTIONS = {"**/templates/**": {"trimmed": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def places() -> list[tuple[Path, Path]]:
    """(where texts are, where their catalogues are): the frame, and each service."""
    services = sorted(p for p in (ROOT / "services").iterdir() if (p / "web" / "locale").is_dir())
    return [(ROOT / "shared", ROOT / "shared" / "web" / "locale"), *((s, s / "web" / "locale") for s in services)]


def texts(folder: Path) -> dict[str, str | tuple[str, ...]]:
    """Every text of a folder's code and templates by its id."""
    found = extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS, comment_tags=())
    return {m[2] if isinstance(m[2], str) else m[2][0]: m[2] for m in found}


def defects(catalogue: Catalog, wanted: Iterable[str]) -> list[str]:
    """What a catalogue lacks, and what it has that nothing uses any more."""
    known = {m.id if isinstance(m.id, str) else m.id[0]: m for m in catalogue if m.id}
    missing = [f"missing: {t!r}" for t in wanted if t not in known or not _whole(known[t].string)]
    return sorted(missing) + sorted(f"stale: {t!r}" for t in known if t not in set(wanted))


def _whole(string: str | Iterable[str] | None) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def check(update: bool = False) -> list[str]:
    """Every defect of every catalogue, as lines; writes the missing texts, untranslated, when asked."""
    lines: list[str] = []
    for folder, locale in places():
        wanted = texts(folder)
        for file in sorted(locale.glob("*.po")):
            with file.open("rb") as opened:
                catalogue = read_po(opened, locale=file.stem)
            if update:
                _update(file, catalogue, wanted)
            lines += [f"{file.relative_to(ROOT)}: {defect}" for defect in defects(catalogue, wanted)]
    return lines


def _update(file: Path, old: Catalog, wanted: dict[str, str | tuple[str, ...]]) -> None:
    new = Catalog(locale=file.stem, fuzzy=False, header_comment="# Translations; the ids are the texts in Swedish.")
    for text in sorted(wanted):
        kept = old.get(text)
        new.add(wanted[text], kept.string if kept else None)
    with file.open("wb") as opened:
        write_po(opened, new, width=100, omit_header=True, sort_output=True)


if __name__ == "__main__":
    found = check("--update" in sys.argv)
    print("\n".join(found) or "every text is translated")
    sys.exit(bool(found))
