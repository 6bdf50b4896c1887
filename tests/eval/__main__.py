"""Prints how good matching is on the judged ideas: fitted on other ideas (honest), and as the code stands (in sample).

``python -m tests.eval`` prints the table, ``python -m tests.eval --fit`` the numbers to store in `domain/fitted.py`.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from services.directory.sources.pack import read
from services.matching.domain.assessor import Assessor, Opinion
from services.matching.domain.fitted import Fitted
from shared.events.entry import AnyEntry
from tests.eval.fitting import PACK, SIGNALS, fit
from tests.eval.measures import abstaining, labelling, placing, ranking, reliability, wrongly_listed
from tests.eval.rows import Row, rows

FOLDS = 10


def main() -> None:
    entries = tuple(pack_entry.entry for pack_entry in read(PACK))
    judged = rows()
    if "--fit" in sys.argv:
        fitted = fit(entries, judged)
        for part in ("labels", "actors", "schemes"):
            print(f"    {part}={getattr(fitted, part)},")
        return
    started = time.perf_counter()
    assessor = Assessor(entries, SIGNALS)
    built = time.perf_counter()
    stands = {row.id: assessor.assess(row.idea) for row in judged}
    each = (time.perf_counter() - built) / len(judged)
    honest = cross_validated(entries, judged)
    print(
        f"{len(judged)} ideas, {sum(row.route == 'match' for row in judged)} for matching. Built in {built - started:.2f} s,"
    )
    print(f"then {1000 * each:.1f} ms an idea.\n\n{'':46}{'honest':>8}{'in sample':>11}")
    for measure in (ranking, labelling):
        now = measure(judged, stands)
        for name, value in measure(judged, honest).items():
            print(f"{name:46}{value:8.3f}{now[name]:11.3f}")
    print("\nHeld back for a person (its rules were written with these ideas in sight: believe the unit tests' more)")
    for name, value in abstaining(judged, stands).items():
        print(f"{name:46}{value:8.3f}")
    print("\nMunicipality (nothing fitted)" + f"{'as sent':>25}{'text alone':>12}")
    alone = {row.id: assessor.assess(replace(row.idea, place=None)) for row in judged}
    for name, value in placing(judged, stands).items():
        print(f"{name:46}{value:8.3f}{placing(judged, alone)[name]:11.3f}")
    print(f"\nexcluded entries in lists: {wrongly_listed(judged, stands, entries)} (must be 0)")
    print("\nOf labels told with this confidence, how many are right (honest):")
    for name, (told, right, count) in reliability(judged, honest).items():
        print(f"  {name}: told {told:.2f}, right {right:.2f}, n={count}")


def cross_validated(entries: Sequence[AnyEntry], judged: Sequence[Row]) -> dict[str, Opinion]:
    """What is thought of each idea by numbers fitted without it, and without any idea like it."""
    return {
        row.id: opinion
        for fitted, left_out in folds(entries, judged)
        for assessor in [Assessor(entries, SIGNALS, fitted)]
        for row in left_out
        for opinion in [assessor.assess(row.idea)]
    }


def folds(entries: Sequence[AnyEntry], judged: Sequence[Row]) -> Iterator[tuple[Fitted, list[Row]]]:
    """Ideas that are kin stay on one side of each split; the same splits every time."""
    families = sorted({min(row.kin) for row in judged})
    of = dict(zip(families, np.random.default_rng(0).permutation(len(families)) % FOLDS, strict=True))
    for number in range(FOLDS):
        left_out = [row for row in judged if of[min(row.kin)] == number]
        yield fit(entries, [row for row in judged if of[min(row.kin)] != number]), left_out


main()
