"""Mail over a real SMTP connection: sent once, to whom it may go, refused aloud, and ended by the link in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from athletes.mail import deliveries
from athletes.mail.deliveries import forget_old_deliveries, queue_mail
from athletes.mail.quiet import quiet_until
from athletes.mail.stopping import KINDS, stop_path
from athletes.models import MailDelivery, NotificationSetting, User
from athletes.services.account import delete_account
from athletes.services.account_mail import queue_verification
from athletes.services.coaches import end_coach_link, invite_athlete
from athletes.services.notices import settle_notices, tell_athlete
from athletes.services.notifications import stop_mails
from nutrition_site.export import export_account
from nutrition_site.kernel.models import AuditEntry, WorkItem
from nutrition_site.kernel.work import MAX_ATTEMPTS
from tests import factories
from tests.athletes.mail_work import confirm, parts, send_mails, smtp
from tests.athletes.pages import keyed, sign_in
from tests.markup import faults

pytestmark = pytest.mark.django_db
PLAN = "mpl_00000000000000000000000001"
NEW = {"email": "Nora@Example.com", "password1": "long-run-saturday"}


@pytest.fixture
def box(settings):
    with smtp(settings) as running:
        yield running


@pytest.fixture
def confirmed(athlete):
    confirm(athlete.user)
    return athlete


def tell(athlete, **words):
    words = {"title": "A changed plan waits for your answer", "body": "Nothing changes.", **words}
    return tell_athlete(athlete=athlete, kind="plan_proposed", key=PLAN, path="/plans/x/proposal", **words)


def due_again():
    WorkItem.objects.filter(state="queued").update(run_after="2020-01-01T00:00:00Z")


def at(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def state():
    row = MailDelivery.objects.get()
    return row.state, row.reply_code


# --- once, whatever the mail server answers ---


def test_a_mail_that_was_taken_is_kept_with_the_servers_answer(confirmed, box):
    tell(confirmed)
    send_mails()
    assert (state(), len(box.mails)) == (("sent", 250), 1)


@pytest.mark.parametrize("verb", ["RCPT", "TEXT"])
def test_a_mail_that_is_refused_for_good_is_given_up(verb, confirmed, box):
    box.replies[verb] = "550 no such mailbox"
    tell(confirmed)
    ended = send_mails()
    assert (ended, state(), WorkItem.objects.filter(state="queued").count()) == (["done"], ("refused", 550), 0)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "TEXT"])
def test_a_mail_that_is_put_off_waits_with_the_code_and_goes_later(verb, confirmed, box):
    box.replies[verb] = "451 later"
    tell(confirmed)
    before = send_mails(), state()
    box.replies.clear()
    due_again()
    assert (before, send_mails(), state(), len(box.mails)) == (
        (["queued"], ("waiting", 451)),
        ["done"],
        ("sent", 250),
        1,
    )


def test_a_connection_that_ends_before_the_text_is_tried_again(confirmed, box):
    box.replies["RCPT"] = ""
    tell(confirmed)
    assert (send_mails(), state()) == (["queued"], ("waiting", None))


def test_a_connection_that_ends_after_the_text_is_never_tried_again(confirmed, box):
    """RFC 1047: the server may have taken it, so a second try could be a second mail."""
    box.replies["TEXT"] = ""
    tell(confirmed)
    send_mails()
    box.replies.clear()
    due_again()
    send_mails()
    assert (state(), box.mails) == (("sent", None), [])


def test_a_worker_that_dies_while_it_hands_a_mail_over_sends_nothing_twice(confirmed, box, monkeypatch):
    hand_over = deliveries.hand_over

    def die_after(message):
        hand_over(message)
        raise SystemExit

    tell(confirmed)
    monkeypatch.setattr(deliveries, "hand_over", die_after)
    with pytest.raises(SystemExit):
        send_mails()
    monkeypatch.setattr(deliveries, "hand_over", hand_over)
    WorkItem.objects.update(state="queued", lease_until=None)
    assert (send_mails(), len(box.mails)) == (["done"], 1)


def test_a_mail_that_another_worker_takes_meanwhile_is_left_to_it(confirmed, box, monkeypatch):
    def take_first(**kwargs):
        MailDelivery.objects.update(state="sent")
        return build_message(**kwargs)

    tell(confirmed)
    build_message = deliveries.build_message
    monkeypatch.setattr(deliveries, "build_message", take_first)
    assert (send_mails(), box.mails) == (["done"], [])


def test_after_six_quick_tries_a_mail_is_tried_every_hour(confirmed, box):
    box.refusing = True
    tell(confirmed)
    WorkItem.objects.update(attempts=MAX_ATTEMPTS - 1)
    send_mails()
    item = WorkItem.objects.get()
    wait = item.run_after - datetime.now(UTC)
    assert (item.state, item.attempts, round(wait / timedelta(hours=1))) == ("queued", 0, 1)


def test_a_mail_that_no_server_takes_for_a_day_is_given_up(confirmed, box):
    box.refusing = True
    tell(confirmed)
    MailDelivery.objects.update(created_at=datetime.now(UTC) - timedelta(hours=25))
    assert (send_mails(), state()) == (["done"], ("refused", 451))


def test_the_same_mail_is_left_once(confirmed):
    rows = [queue_mail(user=confirmed.user, kind="digest", key="2026-W47") for _ in range(2)]
    assert (rows[0] is not None, rows[1], WorkItem.objects.count()) == (True, None, 1)


def test_what_became_of_old_mails_is_forgotten_and_what_waits_is_not(confirmed):
    for key, kept in (("old", "sent"), ("waits", "waiting"), ("new", "sent")):
        MailDelivery.objects.create(user=confirmed.user, kind="digest", key=key, state=kept)
    long_ago = datetime.now(UTC) - timedelta(days=91)
    MailDelivery.objects.exclude(key="new").update(created_at=long_ago)
    forget_old_deliveries()
    assert set(MailDelivery.objects.values_list("key", flat=True)) == {"waits", "new"}


# --- who gets it, and who does not ---


def test_signing_up_sends_the_link_that_confirms_the_address(box):
    client = Client()
    client.post("/account/signup/", NEW, headers={"Host": "evil.example"})
    send_mails()
    ((recipients, mail),) = box.mails
    text, html = parts(mail)
    path = re.search(r"https://eat\.example\.org(/account/confirm-email/\S+)", text)[1]
    client.post(path)
    assert (recipients, EmailAddress.objects.get().verified) == (["nora@example.com"], True)
    assert f'href="https://eat.example.org{path}"' in html
    assert "evil.example" not in mail.as_string()


def test_an_account_made_through_the_api_gets_the_link_too(box, api):
    api(None).post("/v1/accounts", {"email": "nora@example.com", "password": NEW["password1"]})
    send_mails()
    assert "/account/confirm-email/" in parts(box.mails[0][1])[0]


def test_a_link_asked_for_twice_comes_twice_and_not_once_it_is_confirmed(athlete, box):
    address = EmailAddress.objects.create(user=athlete.user, email=athlete.user.email, primary=True)
    for _ in range(2):
        queue_verification(address=address, is_signup=False)
    send_mails()
    EmailAddress.objects.update(verified=True)
    queue_verification(address=address, is_signup=False)
    send_mails()
    assert (len(box.mails), MailDelivery.objects.filter(state="dropped").count()) == (2, 1)


def test_a_forgotten_password_is_answered_at_the_second_address_that_asked(athlete, box):
    EmailAddress.objects.create(user=athlete.user, email="second@example.com", verified=True)
    Client().post("/account/password/reset/", {"email": "second@example.com"})
    send_mails()
    assert box.mails[0][0] == ["second@example.com"]


def test_an_address_without_an_account_gets_no_mail_and_the_same_page(alice, box):
    pages = [
        Client().post("/account/password/reset/", {"email": f"{name}@example.com"}, follow=True).content.decode()
        for name in ("alice", "nobody")
    ]
    send_mails()
    assert [mail[0] for mail in box.mails] == [["alice@example.com"]]
    assert pages[0].replace("alice", "nobody") == pages[1]


def test_no_row_and_no_work_holds_the_link_of_a_password(alice, box):
    Client().post("/account/password/reset/", {"email": "alice@example.com"})
    send_mails()
    token = re.search(r"/reset/key/usr_[0-9a-z]+-(\S+?)/", parts(box.mails[0][1])[0])[1]
    stored = [*MailDelivery.objects.values_list("key", flat=True), *map(str, WorkItem.objects.values())]
    assert all(token not in text for text in stored)


def test_an_account_that_is_closed_gets_nothing(confirmed, box):
    tell(confirmed)
    User.objects.update(is_active=False)
    send_mails()
    assert (state(), box.mails) == (("dropped", None), [])


def test_a_coachs_invitation_comes_by_mail_with_the_page_that_answers_it(confirmed, box):
    coach = factories.make_coach("carol@example.com")
    confirm(coach)
    invite_athlete(coach=coach, email="alice@example.com")
    send_mails()
    ((recipients, mail),) = box.mails
    assert (recipients, mail["Subject"]) == (["alice@example.com"], "A coach asks to see your plan")
    assert all("carol@example.com" in part and "/settings/coaches" in part for part in parts(mail))


def test_an_invitation_that_was_taken_back_is_not_mailed(confirmed, box):
    coach = factories.make_coach("carol@example.com")
    confirm(coach)
    link = invite_athlete(coach=coach, email="alice@example.com")
    end_coach_link(by=coach, link=link)
    send_mails()
    assert (state(), box.mails) == (("dropped", None), [])


# --- how it reads ---


def test_every_part_says_why_it_came_and_loads_nothing_from_afar(confirmed, box):
    tell(confirmed)
    send_mails()
    text, html = parts(box.mails[0][1])
    why = "You get this because mails about your plan, calendars and coaches are on."
    addresses = set(re.findall(r"https?://[^/\s\"<]+", text + html))
    assert (why in text, why in html, addresses) == (True, True, {"https://eat.example.org"})
    assert re.findall(r"<(?:img|link|script|iframe)\b|url\(", html) == []
    # Mail programs take no stylesheet from elsewhere.
    assert faults(html) == {"inline code": ["<style>"]}


def test_a_mail_speaks_the_accounts_language_and_reads_from_its_side(confirmed, box, settings):
    settings.LANGUAGES = [("en", "English"), ("he", "Hebrew")]
    User.objects.update(language="he")
    tell(confirmed, body="2 sessions moved.")
    send_mails()
    mail = box.mails[0][1]
    assert mail["Content-Language"] == "he"
    assert '<html lang="he" dir="rtl">' in parts(mail)[1]
    assert "2 sessions moved." not in parts(mail)[0]


def test_a_coachs_message_keeps_its_words_in_every_language(confirmed, box, settings):
    settings.LANGUAGES = [("en", "English"), ("he", "Hebrew")]
    User.objects.update(language="he")
    tell_athlete(athlete=confirmed, kind="plan_changed", key="cnt_1", title="Carol, your coach, wrote to you")
    send_mails()
    assert box.mails[0][1]["Subject"] == "Carol, your coach, wrote to you"


def test_a_new_account_is_written_to_in_the_language_of_the_page(box, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    Client().post("/account/signup/", NEW, headers={"Accept-Language": "de"})
    send_mails()
    assert box.mails[0][1]["Content-Language"] == "de"


# --- quiet hours ---


@pytest.mark.parametrize(
    ("local", "ends"),
    [("21:59", None), ("22:00", "2026-11-22T06:30"), ("23:30", "2026-11-22T06:30"), ("06:29", "2026-11-21T06:30")]
    + [("06:30", None), ("12:00", None)],
)
def test_quiet_hours_over_midnight_end_in_the_morning_on_the_athletes_clock(local, ends, athlete):
    NotificationSetting.objects.create(user=athlete.user, quiet_from=time(22), quiet_until=time(6, 30))
    moment = datetime.fromisoformat(f"2026-11-21T{local}+01:00")
    end = quiet_until(athlete.user, moment)
    assert end == (None if ends is None else datetime.fromisoformat(f"{ends}+01:00"))


def test_quiet_hours_of_one_day_end_that_day(athlete):
    NotificationSetting.objects.create(user=athlete.user, quiet_from=time(13), quiet_until=time(14))
    moment = datetime.fromisoformat("2026-11-21T13:20+01:00")
    assert quiet_until(athlete.user, moment) == datetime.fromisoformat("2026-11-21T14:00+01:00")


@pytest.mark.parametrize("coach", [False, True])
def test_the_page_says_what_a_weekly_mail_holds(coach, athlete):
    User.objects.update(is_coach=coach)
    html = sign_in(User.objects.get()).get("/settings/notifications").content.decode()
    assert ("who needs you and why" in html) is coach


def test_a_mail_in_quiet_hours_comes_when_they_end(confirmed, box, monkeypatch):
    NotificationSetting.objects.create(user=confirmed.user, quiet_from=time(22), quiet_until=time(6, 30))
    at(monkeypatch, datetime(2026, 11, 21, 22, 0, tzinfo=UTC))
    tell(confirmed)
    send_mails()
    early = len(box.mails), WorkItem.objects.get().run_after
    at(monkeypatch, datetime(2026, 11, 22, 5, 30, tzinfo=UTC))
    send_mails()
    assert (early, len(box.mails)) == ((0, datetime(2026, 11, 22, 5, 30, tzinfo=UTC)), 1)


def test_a_link_to_sign_in_comes_in_quiet_hours_too(alice, box, monkeypatch):
    NotificationSetting.objects.create(user=alice, quiet_from=time(22), quiet_until=time(6, 30))
    at(monkeypatch, datetime(2026, 11, 21, 22, 0, tzinfo=UTC))
    Client().post("/account/password/reset/", {"email": "alice@example.com"})
    send_mails()
    assert len(box.mails) == 1


# --- ending it ---


def stop_link(mail):
    return re.fullmatch(r"<https://eat\.example\.org(/mail/stop/\S+)>", mail["List-Unsubscribe"].strip())[1]


def test_one_click_of_a_mail_program_ends_the_mails_without_a_session(confirmed, box):
    """RFC 8058: a POST with one field, no cookie and no page before it."""
    tell(confirmed)
    send_mails()
    mail = box.mails[0][1]
    answer = Client(enforce_csrf_checks=True).post(stop_link(mail), {"List-Unsubscribe": "One-Click"})
    confirmed.refresh_from_db()
    assert (mail["List-Unsubscribe-Post"], answer.status_code) == ("List-Unsubscribe=One-Click", 200)
    assert confirmed.notify_by_mail is False


def test_a_program_that_only_looks_at_the_link_ends_nothing(confirmed):
    NotificationSetting.objects.create(user=confirmed.user, digest=True)
    for what in KINDS:
        Client().get(stop_path(user=confirmed.user, what=what))
    confirmed.refresh_from_db()
    assert (confirmed.notify_by_mail, NotificationSetting.objects.get().digest) == (True, True)


def test_a_link_ends_its_own_kind_of_mail_and_no_other(confirmed):
    NotificationSetting.objects.create(user=confirmed.user, digest=True, reminders=True)
    Client().post(stop_path(user=confirmed.user, what="digest"))
    confirmed.refresh_from_db()
    setting = NotificationSetting.objects.get()
    assert (setting.digest, setting.reminders, confirmed.notify_by_mail) == (False, True, True)


def test_a_link_that_was_not_made_here_ends_nothing(confirmed):
    path = stop_path(user=confirmed.user, what="notices")
    forged = [path[:-1] + ("a" if path[-1] != "a" else "b"), "/mail/stop/x", "/mail/stop/" + "y" * 4000]
    assert [Client().post(one).status_code for one in forged] == [404, 404, 404]


def test_mails_that_somebody_just_asked_for_have_no_link_to_end_them(alice, box):
    Client().post("/account/password/reset/", {"email": "alice@example.com"})
    send_mails()
    assert box.mails[0][1]["List-Unsubscribe"] is None


def test_ending_mails_twice_is_ending_them_once(confirmed):
    for _ in range(2):
        stop_mails(user=confirmed.user, what="notices")
    assert AuditEntry.objects.filter(verb="account.notifications").count() == 1


# --- the page ---

CHOICES = {"notices": "on", "digest": "on", "digest_weekday": "4", "quiet_from": "21:30", "quiet_until": "07:00"}


def test_the_choices_of_the_page_are_kept(athlete):
    client = sign_in(athlete.user)
    assert client.post("/settings/notifications", keyed(**CHOICES)).status_code == 303
    setting = NotificationSetting.objects.get()
    quiet = (setting.quiet_from, setting.quiet_until)
    assert (setting.digest, setting.digest_weekday, setting.reminders, quiet) == (
        True,
        4,
        False,
        (time(21, 30), time(7)),
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quiet_until": ""}, "quiet_until"),
        ({"quiet_from": ""}, "quiet_from"),
        ({"quiet_until": "21:30"}, "quiet_until"),
    ]
    + [({"quiet_from": "soon"}, "quiet_from"), ({"digest_weekday": "7"}, "digest_weekday")],
)
def test_choices_that_cannot_be_are_refused_beside_their_field(wrong, field, athlete):
    answer = sign_in(athlete.user).post("/settings/notifications", keyed(**{**CHOICES, **wrong}))
    html = answer.content.decode()
    assert (answer.status_code, f"id_{field}_error" in html, faults(html)) == (422, True, {})
    assert not NotificationSetting.objects.filter(digest=True).exists()


def test_a_coach_without_a_profile_is_asked_only_for_the_weekly_mail(carol):
    html = sign_in(carol).get("/settings/notifications").content.decode()
    assert ("Your athletes, once a week" in html, 'name="reminders"' in html, faults(html)) == (True, False, {})


def test_an_account_that_has_only_begun_may_choose_already(db):
    html = sign_in(factories.make_user("begun@example.com")).get("/settings/notifications").content.decode()
    assert ("The week ahead, once a week" in html, 'name="notices"' in html, faults(html)) == (True, False, {})


def test_reading_the_page_stores_nothing(athlete):
    sign_in(athlete.user).get("/settings/notifications")
    assert not NotificationSetting.objects.exists()


def test_the_page_tells_what_the_mail_server_refused_and_nobody_elses(athlete, sam):
    MailDelivery.objects.create(user=athlete.user, kind="notice", key="a", state="refused", reply_code=550)
    MailDelivery.objects.create(user=sam, kind="notice", key="b", state="refused", reply_code=552)
    html = sign_in(athlete.user).get("/settings/notifications").content.decode()
    assert ("Refused (550): there is no such mailbox" in html, "552" in html) == (True, False)


def test_what_was_told_by_mail_is_in_the_copy_of_the_data_and_leaves_with_the_account(confirmed):
    NotificationSetting.objects.create(user=confirmed.user, digest=True)
    tell(confirmed)
    tables = export_account(confirmed.user)["tables"]
    assert (len(tables["athletes.notificationsetting"]), len(tables["athletes.maildelivery"])) == (1, 1)
    delete_account(user=confirmed.user)
    assert (NotificationSetting.objects.count(), MailDelivery.objects.count()) == (0, 0)


def test_a_mail_whose_account_is_gone_is_no_failure(confirmed, box):
    tell(confirmed)
    delete_account(user=confirmed.user)
    assert (send_mails(), box.mails) == (["done"], [])


def test_a_notice_that_is_over_drops_its_mail(confirmed, box):
    tell(confirmed)
    settle_notices(athlete_id=confirmed.pk, kind="plan_proposed", key=PLAN)
    send_mails()
    assert (state(), box.mails) == (("dropped", None), [])
