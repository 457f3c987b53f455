"""What the product tells by itself: once, in the product, and by mail to who wants it at a confirmed address."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from athletes.mail.deliveries import MAIL_WORK
from athletes.models import Notice
from athletes.services.notices import settle_notices, tell_athlete
from athletes.services.profile import update_athlete
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import run_item
from tests.athletes.mail_server import mail_server
from tests.athletes.pages import keyed, sign_in

pytestmark = pytest.mark.django_db
PLAN = "mpl_00000000000000000000000001"


@pytest.fixture
def box(settings):
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running.port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.PUBLIC_URL = "https://eat.example.org"
        yield running


@pytest.fixture
def confirmed(athlete):
    """Alice, whose address is confirmed."""
    EmailAddress.objects.create(user=athlete.user, email=athlete.user.email, primary=True, verified=True)
    return athlete


def tell(athlete, kind="plan_proposed", **words):
    words = {"title": "A changed plan waits for your answer", "body": "Nothing changes.", **words}
    return tell_athlete(athlete=athlete, kind=kind, key=PLAN, path="/plans/x/proposal", **words)


def work():
    return WorkItem.objects.filter(kind=MAIL_WORK)


def send():
    return [run_item(item.pk) for item in work().filter(state="queued")]


# --- telling once ---


def test_what_is_open_is_not_told_twice(athlete):
    assert tell(athlete) is not None
    assert tell(athlete) is None
    assert Notice.objects.count() == work().count() == 1


def test_what_is_over_is_told_again_when_it_comes_back(athlete):
    tell(athlete)
    settle_notices(athlete_id=athlete.pk, kind="plan_proposed", key=PLAN)
    assert tell(athlete) is not None


def test_an_open_notice_that_is_renewed_has_the_new_words_and_is_unseen(athlete, api):
    notice = tell(athlete)
    api(athlete.user).post(f"/v1/athletes/{athlete.pk}/notices/{notice.pk}/seen")
    tell(athlete, body="Two sessions moved.", renew=True)
    notice.refresh_from_db()
    assert (notice.body, notice.seen_at, work().count()) == ("Two sessions moved.", None, 1)


def test_the_same_words_again_leave_a_notice_seen(athlete, api):
    notice = tell(athlete)
    api(athlete.user).post(f"/v1/athletes/{athlete.pk}/notices/{notice.pk}/seen")
    tell(athlete, renew=True)
    notice.refresh_from_db()
    assert notice.seen_at is not None


# --- mail ---


def test_a_notice_is_mailed_in_both_parts_with_its_link(confirmed, box):
    tell(confirmed)
    assert send() == ["done"]
    ((recipients, mail),) = box.mails
    text, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    assert (recipients, mail["Subject"]) == (["alice@example.com"], "A changed plan waits for your answer")
    assert "https://eat.example.org/plans/x/proposal" in text
    assert 'href="https://eat.example.org/plans/x/proposal"' in html


def test_a_notice_is_mailed_once(confirmed, box):
    notice = tell(confirmed)
    send()
    WorkItem.objects.update(state="queued")
    send()
    notice.refresh_from_db()
    assert len(box.mails) == 1
    assert notice.mailed_at is not None


def test_an_address_that_is_not_confirmed_gets_no_mail(athlete, box):
    tell(athlete)
    assert send() == ["done"]
    assert box.mails == []


def test_who_wants_no_mail_gets_none(confirmed, box):
    update_athlete(by=confirmed.user, athlete=confirmed, values={"notify_by_mail": False})
    confirmed.refresh_from_db()
    tell(confirmed)
    assert (work().count(), box.mails) == (0, [])


def test_who_turns_mails_off_meanwhile_gets_none(confirmed, box):
    tell(confirmed)
    update_athlete(by=confirmed.user, athlete=confirmed, values={"notify_by_mail": False})
    assert (send(), box.mails) == (["done"], [])


def test_what_is_over_before_the_mail_goes_out_is_not_mailed(confirmed, box):
    tell(confirmed)
    settle_notices(athlete_id=confirmed.pk, kind="plan_proposed", key=PLAN)
    assert (send(), box.mails) == (["done"], [])


def test_a_mail_server_that_is_away_is_tried_again_later(confirmed, box):
    box.refusing = True
    tell(confirmed)
    assert send() == ["queued"]
    assert work().get().error_code == "mail_not_sent"
    box.refusing = False
    assert send() == ["skipped"]
    WorkItem.objects.update(run_after="2020-01-01T00:00:00Z")
    assert send() == ["done"]
    assert len(box.mails) == 1


def test_a_mail_server_that_nobody_runs_is_tried_again_later(confirmed, box, settings):
    settings.EMAIL_PORT = 1
    tell(confirmed)
    assert send() == ["queued"]


def test_the_mail_of_an_impossible_plan_names_no_food_and_no_amount(confirmed, box):
    tell(confirmed, kind="plan_impossible", title="Your plan cannot follow", body="900 kcal of milk collide.")
    send()
    whole = box.mails[0][1].as_string()
    assert "kcal" not in whole
    assert "milk" not in whole


def test_a_title_over_two_lines_makes_no_second_header(confirmed, box):
    tell(confirmed, title="Plan\r\nBcc: eve@example.com")
    send()
    assert (box.mails[0][1]["Bcc"], box.mails[0][0]) == (None, ["alice@example.com"])


def test_a_name_in_the_mail_is_text_and_no_markup(confirmed, box):
    update_athlete(by=confirmed.user, athlete=confirmed, values={"name": "<b>Alice</b>"})
    tell(confirmed)
    send()
    assert "&lt;b&gt;Alice" in box.mails[0][1].get_body(("html",)).get_content()


# --- in the API ---


def test_notices_are_listed_the_newest_first(athlete, api):
    tell(athlete)
    tell(athlete, kind="plan_changed", title="Your plan changed")
    items = api(athlete.user).get(f"/v1/athletes/{athlete.pk}/notices").json()["items"]
    assert [item["kind"] for item in items] == ["plan_changed", "plan_proposed"]
    assert (items[1]["about"], items[1]["path"], items[1]["seen_at"]) == (PLAN, "/plans/x/proposal", None)


def test_seeing_a_notice_keeps_the_first_time(athlete, api):
    place = f"/v1/athletes/{athlete.pk}/notices/{tell(athlete).pk}/seen"
    first, again = (api(athlete.user).post(place).json()["seen_at"] for _ in range(2))
    assert first == again is not None


def test_a_report_is_over_once_it_was_seen(athlete, api):
    notice = tell(athlete, kind="plan_changed")
    seen = api(athlete.user).post(f"/v1/athletes/{athlete.pk}/notices/{notice.pk}/seen").json()
    assert seen["resolved_at"] == seen["seen_at"] is not None


def test_a_strangers_notice_is_not_there(athlete, sam, api):
    place = f"/v1/athletes/{sam.athlete.pk}/notices/{tell(athlete).pk}/seen"
    assert api(sam).post(place).status_code == 404


# --- on the pages ---


def test_every_page_tells_how_many_notices_are_new(athlete):
    client = sign_in(athlete.user)
    tell(athlete)
    assert "1 new" in client.get("/training").content.decode()


def test_the_page_of_notices_shows_what_can_be_done(athlete):
    tell(athlete)
    page = sign_in(athlete.user).get("/notices").content.decode()
    assert "A changed plan waits for your answer" in page
    assert "Look at it" in page


def test_looking_at_a_notice_leads_to_its_page(athlete):
    notice = tell(athlete)
    answer = sign_in(athlete.user).post(f"/notices/{notice.pk}/seen", {"open": "yes"})
    notice.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, "/plans/x/proposal")
    assert notice.seen_at is not None


def test_an_empty_page_of_notices_says_so(athlete):
    assert "Nothing waits for you." in sign_in(athlete.user).get("/notices").content.decode()


def test_mails_are_turned_off_in_the_profile(athlete):
    client = sign_in(athlete.user)
    known = {"name": athlete.name, "sport": "run", "aim": "maintain", "timezone": "Europe/Belgrade", "sex": "F"}
    known |= {"birth_date": "1994-05-17", "weight_kg": "61", "height_cm": "168", "shown_units": "metric"}
    client.post("/settings/profile", keyed(**known, units="metric", replan_policy="ask", notify_by_mail="no"))
    athlete.refresh_from_db()
    assert (athlete.notify_by_mail, athlete.profile_version) == (False, 1)
