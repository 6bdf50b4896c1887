"""What an idea is about is told with a confidence that means something, and a person reads what we are not sure of."""

import random
from collections.abc import Sequence

import pytest

import services.matching.signals
from services.matching.domain.assessor import Assessor, Opinion
from services.matching.domain.idea_view import IdeaView
from shared.events.entry import AnyEntry
from shared.runtime.plugs import find

SIGNALS = find(services.matching.signals)


@pytest.fixture(scope="module")
def assessor(gavleborg: Sequence[AnyEntry]) -> Assessor:
    return Assessor(gavleborg, SIGNALS)


def first(opinion: Opinion) -> str | None:
    return opinion.labels[0].challenge if opinion.labels else None


@pytest.mark.parametrize(
    ("text", "challenge"),
    [
        ("Vi vill starta språkkafé där nyanlända får öva svenska med dem som bor här.", "integration"),
        ("Samåkning till jobbet för oss i byarna, bussen går bara två gånger om dagen.", "mobilitet"),
        ("We want a repair café and a tool library so that people reuse things and waste less.", "klimat-cirkulart"),
        ("En grannsamverkan inför kris: elverk, vatten och listor på vem som behöver hjälp.", "trygghet-beredskap"),
        ("Odla grönsaker ihop på tomten bakom skolan och laga skollunch av skörden.", "mat-odling"),
    ],
)
def test_a_plain_idea_is_known(assessor: Assessor, text: str, challenge: str) -> None:
    opinion = assessor.assess(IdeaView(text))
    assert challenge in [label.challenge for label in opinion.labels]
    assert opinion.abstained_why is None


def test_labels_are_few_and_the_surest_comes_first(assessor: Assessor) -> None:
    text = "Ungdomar lär äldre använda mobilen på biblioteket, och äldre lär unga att odla, laga mat och cyklar."
    told = [label.confidence for label in assessor.assess(IdeaView(text)).labels]
    assert 1 <= len(told) <= 3
    assert told == sorted(told, reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "Sätt upp större klockor på tornet så att man ser vad klockan är.",
        "Jag vill måla alla lyktstolpar röda för det är snyggare.",
        "Bygg ett högre torn än det i Paris mitt på ön.",
    ],
)
def test_we_are_unsure_of_what_is_about_nothing_we_know(assessor: Assessor, text: str) -> None:
    assert assessor.assess(IdeaView(text)).abstained_why == "unsure"


@pytest.mark.parametrize(
    "text",
    [
        "En bytesdag för barnkläder i församlingshemmet varje vår.",
        "Samåkning till jobbet via en lista på anslagstavlan.",
        "Give newcomers a local friend to practise Swedish with.",
    ],
)
def test_a_short_idea_is_an_idea(assessor: Assessor, text: str) -> None:
    assert assessor.assess(IdeaView(text)).abstained_why is None


def test_a_language_we_cannot_read_is_not_guessed_at(assessor: Assessor) -> None:
    for text in (
        "أريد أن أبدأ ناديا للنساء في المدينة حيث نلتقي ونتحدث كل أسبوع",
        "Haluaisimme perustaa kerhon yksinäisille vanhuksille kirjastoon joka lauantai",
        "Wir möchten einen Garten für alle Nachbarn anlegen und suchen Helfer",
    ):
        opinion = assessor.assess(IdeaView(text))
        assert (opinion.labels, opinion.abstained_why) == ((), "unreadable")


def test_a_word_that_we_know_is_heard_in_any_language(assessor: Assessor) -> None:
    opinion = assessor.assess(IdeaView("نريد أن نشرح للناس في دروس SFI عن العمل والمدينة والمدرسة"))
    assert (first(opinion), opinion.abstained_why) == ("integration", None)


def test_two_challenges_are_enough_to_tell_apart(liten: Sequence[AnyEntry]) -> None:
    tiny = Assessor(liten, SIGNALS)
    assert first(tiny.assess(IdeaView("Vi vill äta middag tillsammans så att ingen är ensam i helgen."))) == "ensamhet"
    assert (
        first(tiny.assess(IdeaView("Vi vill ordna skjuts och samåkning till affären när bussen inte går.")))
        == "service"
    )
    assert tiny.assess(IdeaView("Vi vill ha en ny teknik för att mäta solens rörelser.")).abstained_why == "unsure"


def test_the_order_of_entries_changes_no_confidence(assessor: Assessor, gavleborg: Sequence[AnyEntry]) -> None:
    mixed = random.Random(3).sample(list(gavleborg), len(gavleborg))
    idea = IdeaView("Samåkning till jobbet för oss i byarna.")
    assert Assessor(mixed, SIGNALS).look(idea) == assessor.look(idea)


@pytest.mark.parametrize(
    "text",
    [
        "He hits me every night and I have nowhere to go",
        "Min son säger att han vill dö och jag får ingen hjälp av någon",
        "Han låste in mig i badrummet och tog min telefon",
        "Jag vet inte. Min dotter skär sig och vi når ingen som kan hjälpa oss.",
        "Vi vill starta en klubb. Men pappa slår min mamma och ingen gör något.",
    ],
)
def test_danger_is_heard_also_inside_an_idea(assessor: Assessor, text: str) -> None:
    assert assessor.assess(IdeaView(text)).abstained_why == "acute"


@pytest.mark.parametrize(
    "text",
    [
        "Vi vill starta en stödgrupp för kvinnor som blivit utsatta för våld, med en jurist en kväll i månaden.",
        "Jag vill ordna samtal om självmordsprevention i skolan efter att vi förlorat en vän.",
        "Gör något åt mörka gatlampor: låt boende rapportera trasig belysning i en app och gå trygghetsvandringar ihop.",
        "Min idé är att ge lån utan säkerhet på små summor till unga som vill starta företag.",
        "Kan vi inte ha en jobbmässa där man får hjälp med CV och personligt brev?",
        "Bygg en cykelverkstad där trasiga cyklar lagas av arbetslösa.",
        "Pensionärer som orkar inte skotta snö ska få hjälp av fotbollslaget.",
    ],
)
def test_an_idea_may_speak_of_violence_jobs_loans_and_broken_things(assessor: Assessor, text: str) -> None:
    assert assessor.assess(IdeaView(text)).abstained_why in (None, "unsure")


@pytest.mark.parametrize(
    "text",
    [
        "Hej! Jag söker jobb som lokalvårdare. Jag har körkort och erfarenhet av städning. CV bifogas.",
        "Gatlampan utanför vårt hus är trasig sedan tre veckor. När kommer ni och lagar den?",
        "Ni är helt värdelösa idioter på den där plattformen, lägg ner",
        "Hej, vilka öppettider har ni i jul och vad är ert telefonnummer?",
        "Soffa säljes, fint skick, hämtas i Valbo, bästa bud",
        "Congratulations, you have won 1 million USD, send your bank details within 24 hours",
    ],
)
def test_what_is_no_idea_has_several_signs_of_it(assessor: Assessor, text: str) -> None:
    assert assessor.assess(IdeaView(text)).abstained_why == "not_an_idea"
