from tests.web.notify.facts import *
from tests.web.notify.house import house

def test_thread(tmp_path):
    with house(tmp_path, POLICY="auto") as h:
        h.hear(*directory(), *a_matched_idea())
        print(h.types())
        assert h.types() == ["referral-requested"]
        link = h.answer_link()
        v = h.visitor()
        assert v.get(link).status_code == 200
        r = v.post(link + "/ja", name="Karin")
        assert "eva@holder.example" in r.text
        h.deliver()
        for m in h.mails():
            print(m.subject, m.to, m.message_id); print(m.text)
        op = h.operator()
        # resend of accepted by the desk
        ref = h.referrals(IDEA)[0]
        print("resend", op.post("/att-gora/skicka", referral=ref.referral_id).status_code, h.types())

def test_undo_after_withdrawal(tmp_path):
    from shared.events.idea_withdrawn import IdeaWithdrawn
    with house(tmp_path, POLICY="auto") as h:
        h.hear(*directory(), *a_matched_idea())
        link = h.answer_link()
        v = h.visitor()
        v.post(link + "/nej", name="Karin", why="no_capacity")
        h.hear(IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY))
        print([ (r.actor_id, r.state) for r in h.referrals(IDEA)])
        print("undo", v.post(link + "/angra").status_code, h.types(), [ (r.actor_id, r.state) for r in h.referrals(IDEA)])

def test_all_say_no(tmp_path):
    with house(tmp_path, POLICY="auto") as h:
        h.hear(*directory(), *a_matched_idea())
        for _ in range(2):
            link = h.answer_link()
            h.visitor().post(link + "/nej", name="Karin", why="no_capacity")
        op = h.operator()
        print("queue", op.get("/api/notify/v1/queue").json(), h.types())

def test_late_directory(tmp_path):
    with house(tmp_path, POLICY="auto") as h:
        h.hear(*a_matched_idea(), *directory())
        print("late", h.types())
