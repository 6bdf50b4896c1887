"""What matching could not assess comes to the operators as an idea to read, and to nobody else."""

from shared.events.idea_matched import IdeaMatched
from shared.kernel.ids import IdeaId
from tests.web.notify.facts import IDEA, MONDAY, classified, contact, directory, received
from tests.web.notify.house import House


def test_an_idea_that_was_given_up_stands_on_the_list_to_be_read(auto: House) -> None:
    thought = classified(labels=(), abstained=True, abstained_why="unsure", municipalities=(), model="none")
    nobody = IdeaMatched(idea_id=IdeaId(IDEA), sequence=2, at=MONDAY, actors=(), schemes=())
    auto.hear(*directory(), received(), contact(), thought, nobody)
    rows = auto.operator().get("/api/notify/v1/queue").json()
    assert [(row["kind"], row["know"]) for row in rows] == [("unsure", "unsure")]
    assert auto.referrals(IDEA) == []
