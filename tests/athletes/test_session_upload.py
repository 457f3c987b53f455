"""Sending session files and describing sessions: the API and the pages."""

from __future__ import annotations

import io
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from athletes.child_process import ChildAnswer
from athletes.files import reader
from athletes.models import Athlete, CompletedSession, SessionRecord, TrainingEvent
from athletes.services import uploads
from athletes.services.events import create_event
from nutrition_site.kernel.errors import LimitReached
from tests.athletes import fit_files as fits
from tests.athletes.pages import keyed, shown, sign_in
from tests.athletes.session_file_kit import gpx_file, zipped
from tests.markup import faults

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 5, 9, tzinfo=UTC)
# Six in the morning in Belgrade.
START = datetime(2026, 5, 9, 4, 0, tzinfo=UTC)
RIDE = fits.ride(START)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    """It is the evening of the ride."""
    moment = datetime(2026, 5, 9, 18, 0, tzinfo=UTC)
    for place in (
        "athletes.services.uploads.now",
        "athletes.services.session_values.now",
        "nutrition_site.kernel.clock.now",
    ):
        monkeypatch.setattr(place, lambda: moment)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """Files are read without a process for each: that it is one is tested beside the reader."""

    def ask(*, module, content, seconds):
        target = io.StringIO()
        reader.answer_request(io.BytesIO(content), target)
        return ChildAnswer(target.getvalue().encode(), finished=True)

    monkeypatch.setattr(uploads, "ask_child", ask)


@pytest.fixture
def path(athlete):
    return f"/v1/athletes/{athlete.pk}/sessions"


def send(client, path, content, content_type="application/vnd.ant.fit", **headers):
    """One file as the body."""
    return client.client.generic(
        "POST", path, content, content_type=content_type, headers={**client.headers, **headers}
    )


def send_form(client, path, *files, **fields):
    """Files as a form; each is (name, content)."""
    parts = [SimpleUploadedFile(name, content) for name, content in files]
    return client.client.post(path, {"file": parts, **fields}, headers=client.headers)


# --- sending files ----------------------------------------------------------------------------------------------------
def test_a_fit_file_becomes_a_session(alice, api, path):
    answer = send(api(alice), path, RIDE)
    body = answer.json()
    [item] = body["items"]
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{path}/{item['id']}"
    assert (body["added"], body["changed"], body["known"], body["refused"]) == (1, 0, 0, [])
    assert (item["date"], item["starts_at"], item["sport"]) == ("2026-05-09", "2026-05-09T06:00:00+02:00", "cycle")
    assert (item["avg_power_w"], item["distance_km"], item["sources"]) == (190.0, 60.0, ["fit"])


def test_the_same_file_again_is_known(alice, api, path):
    send(api(alice), path, RIDE)
    again = send_form(api(alice), path, ("renamed.fit", RIDE))
    assert again.status_code == 200
    assert (again.json()["added"], again.json()["known"]) == (0, 1)
    assert (CompletedSession.objects.count(), SessionRecord.objects.count()) == (1, 1)


def test_the_same_ride_as_fit_and_gpx_is_one_session_of_two_records(alice, api, path):
    points = [(second, 8 * second, None, "") for second in range(0, 7201, 10)]
    content = gpx_file([points], extra="<type>cycling</type>").replace(b"T06:", b"T04:").replace(b"T07:", b"T05:")
    content = content.replace(b"2026-05-09T08:00:00Z", b"2026-05-09T06:00:00Z")
    answer = send_form(api(alice), path, ("ride.fit", RIDE), ("ride.gpx", content))
    assert answer.json()["added"] == 2
    [item] = answer.json()["items"]
    assert (item["sources"], item["avg_power_w"]) == (["fit", "gpx"], 190.0)


def test_a_session_fulfills_what_was_planned_and_the_plan_stays_when_it_is_deleted(alice, athlete, api, path):
    values = {"title": "Long ride 2h Z2", "starts_at": START, "duration_minutes": 120.0, "sport": "cycle"}
    planned = create_event(by=alice, athlete=athlete, values=values)
    item = send(api(alice), path, RIDE).json()["items"][0]
    assert item["planned_event_id"] == planned.pk
    assert api(alice).delete(f"{path}/{item['id']}").status_code == 204
    assert list(TrainingEvent.objects.values_list("pk", flat=True)) == [planned.pk]


def test_an_event_of_its_own_goes_with_its_session(alice, api, path):
    item = send(api(alice), path, RIDE).json()["items"][0]
    assert item["planned_event_id"] is None
    api(alice).delete(f"{path}/{item['id']}")
    assert (TrainingEvent.objects.count(), CompletedSession.objects.count()) == (0, 0)


def test_an_upload_makes_the_training_version_rise_and_a_known_file_does_not(alice, athlete, api, path):
    versions = [athlete.training_version]
    for _ in range(2):
        send(api(alice), path, RIDE)
        versions.append(Athlete.objects.get(pk=athlete.pk).training_version)
    assert versions == [1, 2, 2]


def test_a_mixed_zip_says_what_it_could_not_read(alice, api, path):
    content = zipped(**{"a/ride.fit": RIDE, "b/notes.txt": "hello", "c/half.fit": RIDE[:60]})
    answer = send(api(alice), path, content, "application/zip")
    assert answer.status_code == 201
    assert [row["file"] for row in answer.json()["refused"]] == ["notes.txt", "half.fit"]
    assert SessionRecord.objects.get().file_name == "ride.fit"


def test_nothing_readable_is_422_with_every_reason(alice, api, path):
    answer = send_form(api(alice), path, ("a.fit", b"hello"), ("b.gpx", b"<gpx></gpx>"))
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "session_unreadable")
    assert error["refused"] == [
        {"file": "a.fit", "reason": "The file is neither FIT nor TCX nor GPX."},
        {"file": "b.gpx", "reason": "The file holds no recorded track."},
    ]
    assert error["details"][0] == {"field": "file", "message": "a.fit: The file is neither FIT nor TCX nor GPX."}


def test_the_body_is_named_by_its_header(alice, api, path):
    send(api(alice), path, RIDE, **{"Content-Disposition": 'attachment; filename="../up/ride.fit"'})
    assert SessionRecord.objects.get().file_name == "ride.fit"


@pytest.mark.parametrize("content_type", ["application/octet-stream", "application/gpx+xml", "application/zip"])
def test_what_counts_is_the_content_and_not_its_type(alice, api, path, content_type):
    assert send(api(alice), path, RIDE, content_type).status_code == 201


def test_a_type_that_no_session_has_is_415(alice, api, path):
    assert send(api(alice), path, b"x", "text/plain").status_code == 415


def test_an_empty_body_is_named(alice, api, path):
    answer = Client().generic("POST", path, headers=api(alice).headers, CONTENT_TYPE="application/octet-stream")
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "file")


def test_a_form_without_a_file_is_named(alice, api, path):
    answer = send_form(api(alice), path)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "file")


def test_a_damaged_form_is_not_called_json(alice, api, path):
    headers = api(alice).headers
    answer = Client().generic("POST", path, b"x", content_type="multipart/form-data", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_a_field_that_is_not_known_is_refused(alice, api, path):
    answer = send_form(api(alice), path, ("ride.fit", RIDE), note="x")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_field")


class Unread:
    """A body that must not be read."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("content_type", ["application/octet-stream", "multipart/form-data; boundary=x"])
def test_sixty_megabytes_are_refused_before_they_are_read(alice, api, path, content_type):
    headers = {"CONTENT_LENGTH": 60_000_000, "CONTENT_TYPE": content_type, "wsgi.input": Unread()}
    answer = Client().generic("POST", path, headers=api(alice).headers, **headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_the_page_refuses_sixty_megabytes_before_they_are_read(alice):
    headers = {"CONTENT_LENGTH": 60_000_000, "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
    assert sign_in(alice).generic("POST", "/training/done/add", **headers).status_code == 413


def test_one_key_sends_one_file_once(alice, api, path):
    first = send(api(alice), path, RIDE, **{"Idempotency-Key": "ride"})
    again = send(api(alice), path, RIDE, **{"Idempotency-Key": "ride"})
    other = send(api(alice), path, fits.ride(START - timedelta(days=1)), **{"Idempotency-Key": "ride"})
    assert (first.status_code, again.status_code, again.json() == first.json(), other.status_code) == (
        201,
        201,
        True,
        409,
    )


def test_uploads_have_a_limit_of_their_own(alice, api, path, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS_A_MINUTE", 2)
    statuses = [send(api(alice), path, RIDE) for _ in range(3)]
    assert [answer.status_code for answer in statuses] == [201, 200, 429]
    assert int(statuses[-1].headers["Retry-After"]) > 0


def test_an_upload_that_was_turned_away_as_busy_has_used_nothing_up(alice, api, path, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS_A_MINUTE", 1)
    monkeypatch.setattr(uploads, "_admitted", threading.BoundedSemaphore(1))
    uploads._admitted.acquire()
    assert send(api(alice), path, RIDE).json()["error"]["message"].startswith("Other files are being read just now.")
    uploads._admitted.release()
    assert send(api(alice), path, RIDE).status_code == 201


def test_who_has_sent_too_many_waits_for_no_reader(alice, api, path, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS_A_MINUTE", 1)
    assert send(api(alice), path, RIDE).status_code == 201
    monkeypatch.setattr(uploads, "_admitted", threading.BoundedSemaphore(1))
    uploads._admitted.acquire()
    assert send(api(alice), path, RIDE).json()["error"]["message"] == uploads.TOO_OFTEN


def test_a_busy_reader_asks_to_come_back(monkeypatch):
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 0.01)
    for _ in range(uploads.MAX_READERS):
        uploads._readers.acquire()
    try:
        with pytest.raises(LimitReached):
            uploads.read_uploads([uploads.Upload("ride.fit", RIDE)])
    finally:
        for _ in range(uploads.MAX_READERS):
            uploads._readers.release()


def test_who_would_wait_behind_others_who_wait_is_asked_to_come_back_at_once(monkeypatch):
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 60)
    monkeypatch.setattr(uploads, "_readers", threading.BoundedSemaphore(1))
    monkeypatch.setattr(uploads, "_admitted", threading.BoundedSemaphore(1))
    uploads._admitted.acquire()
    started = time.monotonic()
    with pytest.raises(LimitReached):
        uploads.read_uploads([uploads.Upload("ride.fit", RIDE)])
    assert time.monotonic() - started < 10


def test_a_reader_is_free_again_after_a_file(monkeypatch):
    monkeypatch.setattr(uploads, "_admitted", threading.BoundedSemaphore(1))
    names = [uploads.read_uploads([uploads.Upload("ride.fit", RIDE)])[0][0].name for _ in range(3)]
    assert names == ["ride.fit"] * 3


def test_a_coach_may_look_and_not_send(alice, carol, api, path):
    send(api(alice), path, RIDE)
    assert send(api(carol), path, RIDE).status_code == 403
    assert api(carol).get(f"{path}?from=2026-05-09&to=2026-05-09").json()["total"] == 1


# --- by hand ----------------------------------------------------------------------------------------------------------
BY_HAND = {"sport": "running", "starts_at": "2026-05-08T18:30:00", "duration_minutes": 50, "rpe": 6, "avg_hr": 151}


def test_a_session_by_hand_is_at_the_athletes_local_time(alice, api, path):
    answer = api(alice).post(path, BY_HAND)
    [item] = answer.json()["items"]
    assert answer.status_code == 201
    assert (item["starts_at"], item["sport"], item["rpe"]) == ("2026-05-08T18:30:00+02:00", "run", 6.0)
    assert (item["sources"], item["distance_km"]) == (["manual"], None)


def test_the_same_description_again_is_known(alice, api, path):
    statuses = [api(alice).post(path, BY_HAND).status_code for _ in range(2)]
    assert (statuses, SessionRecord.objects.count()) == ([201, 200], 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"duration_minutes": 1441}, "duration_minutes"),
        ({"duration_minutes": -5}, "duration_minutes"),
        ({"avg_power_w": 601}, "avg_power_w"),
        ({"avg_hr": 20}, "avg_hr"),
        ({"rpe": 11}, "rpe"),
        ({"device_kcal": 0}, "device_kcal"),
        ({"starts_at": "2026-05-08"}, "starts_at"),
        ({"starts_at": "2026-05-10T08:00:00"}, "starts_at"),
        ({"starts_at": "1989-12-31T08:00:00"}, "starts_at"),
        ({"sport": "\x07"}, "sport"),
        ({"weight_kg": 60}, "weight_kg"),
    ],
)
def test_a_wrong_value_by_hand_is_named(alice, api, path, change, field):
    answer = api(alice).post(path, {**BY_HAND, **change})
    assert (answer.status_code, [row["field"] for row in answer.json()["error"]["details"]]) == (400, [field])


# --- reading ----------------------------------------------------------------------------------------------------------
def test_the_list_is_the_last_four_weeks_unless_asked(alice, api, path):
    for days in (0, 27, 28):
        send(api(alice), path, fits.ride(START - timedelta(days=days)))
    assert [item["date"] for item in api(alice).get(path).json()["items"]] == ["2026-04-12", "2026-05-09"]
    assert api(alice).get(f"{path}?from=2026-04-11&to=2026-04-11").json()["total"] == 1


@pytest.mark.parametrize("query", ["from=2026-05-09&to=2026-05-08", "from=2024-01-01&to=2026-01-01", "from=x"])
def test_a_wrong_range_of_days_is_400(alice, api, path, query):
    assert api(alice).get(f"{path}?{query}").status_code == 400


def two_sources(alice, api, path):
    """One ride from a FIT file and by hand; returns its id."""
    send(api(alice), path, RIDE)
    by_hand = {"sport": "cycle", "starts_at": "2026-05-09T06:00:00", "duration_minutes": 125, "rpe": 7}
    return api(alice).post(path, by_hand).json()["items"][0]["id"]


def test_one_session_shows_every_record_and_what_was_taken_from_it(alice, api, path):
    body = api(alice).get(f"{path}/{two_sources(alice, api, path)}").json()
    records = {record["source"]: record for record in body["records"]}
    assert (body["avg_power_w"], body["rpe"], body["sources"]) == (190.0, 7.0, ["fit", "manual"])
    assert "avg_power_w" in records["fit"]["chosen_for"]
    assert "rpe" in records["manual"]["chosen_for"]
    assert (records["fit"]["device"], records["manual"]["duration_minutes"]) == ("Garmin Edge 530", 125.0)


def test_deleting_a_record_leaves_the_session_by_the_others(alice, api, path):
    session_id = two_sources(alice, api, path)
    record = SessionRecord.objects.get(source="fit")
    assert api(alice).delete(f"{path}/{session_id}/records/{record.pk}").status_code == 204
    body = api(alice).get(f"{path}/{session_id}").json()
    assert (body["sources"], body["avg_power_w"], body["duration_minutes"]) == (["manual"], None, 125.0)


def test_a_record_of_another_session_is_not_found_here(alice, api, path):
    session_id = two_sources(alice, api, path)
    other = api(alice).post(path, BY_HAND).json()["items"][0]["id"]
    record = SessionRecord.objects.filter(session_id=other).get()
    assert api(alice).delete(f"{path}/{session_id}/records/{record.pk}").status_code == 404


def test_a_list_costs_the_same_for_one_and_for_many(alice, api, path, django_assert_max_num_queries):
    for days in range(6):
        send(api(alice), path, fits.ride(START - timedelta(days=days)))
    with django_assert_max_num_queries(8):
        assert api(alice).get(path).json()["total"] == 6


# --- pages ------------------------------------------------------------------------------------------------------------
UPLOAD = "/training/done/add"


def upload(client, *files):
    return client.post(UPLOAD, {"file": [SimpleUploadedFile(name, content) for name, content in files]}, follow=True)


def test_one_file_leads_to_its_session(alice):
    answer = upload(sign_in(alice), ("ride.fit", RIDE))
    text = " ".join(shown(answer).text.split())
    assert answer.redirect_chain[-1][0] == f"/training/done/{CompletedSession.objects.get().pk}"
    assert "1 session was added." in text
    assert "190\u00a0W" in shown(answer).text
    assert "FIT file, Garmin Edge 530" in text


def test_several_files_lead_to_the_list_with_what_could_not_be_read(alice):
    other = fits.ride(START - timedelta(days=1))
    answer = upload(sign_in(alice), ("a.fit", RIDE), ("b.fit", other), ("c.txt", b"hello"))
    assert answer.redirect_chain[-1][0] == "/training/done"
    assert "2 sessions were added." in shown(answer).text
    assert "c.txt: The file is neither FIT nor TCX nor GPX." in shown(answer).text


def test_nothing_readable_comes_back_to_the_form(alice):
    answer = upload(sign_in(alice), ("c.txt", b"hello"))
    assert answer.status_code == 422
    assert "c.txt: The file is neither FIT nor TCX nor GPX." in shown(answer).text


def test_a_form_without_a_file_says_so(alice):
    answer = sign_in(alice).post(UPLOAD, {})
    assert (answer.status_code, "Please choose at least one file." in shown(answer).text) == (422, True)


def test_an_upload_from_another_site_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(UPLOAD, {"file": SimpleUploadedFile("ride.fit", RIDE)}).status_code == 403


def test_a_session_by_hand_from_the_page(alice):
    fields = {"by_hand": "1", "date": "2026-05-08", "time": "18:30", "sport": "run", "duration_minutes": "50"}
    answer = sign_in(alice).post(UPLOAD, keyed(**fields), follow=True)
    session = CompletedSession.objects.get()
    assert answer.redirect_chain[-1][0] == f"/training/done/{session.pk}"
    assert session.starts_at == datetime(2026, 5, 8, 16, 30, tzinfo=UTC)


def test_a_session_to_come_is_refused_beside_its_day(alice):
    fields = {"by_hand": "1", "date": "2026-05-12", "time": "18:30", "sport": "run", "duration_minutes": "50"}
    answer = sign_in(alice).post(UPLOAD, keyed(**fields))
    assert (answer.status_code, "plan it as a training event" in shown(answer).text) == (422, True)


def test_a_title_is_text_and_never_markup(alice):
    points = [(second - 7200, 3 * second, None, "") for second in range(0, 1201, 10)]
    content = gpx_file([points], extra="<name>&lt;script&gt;alert(1)&lt;/script&gt;</name>")
    answer = upload(sign_in(alice), ("run.gpx", content))
    assert "<script>alert" not in answer.content.decode()
    assert "<script>alert(1)</script>" in shown(answer).text


def test_a_session_and_a_source_are_deleted_after_a_question(alice, api, path):
    session_id = two_sources(alice, api, path)
    record = SessionRecord.objects.get(source="manual")
    client, page = sign_in(alice), f"/training/done/{session_id}"
    assert "rpe" not in shown(client.get(f"{page}/records/{record.pk}/delete")).text
    after = client.post(f"{page}/records/{record.pk}/delete", keyed())
    assert (after.headers["Location"], SessionRecord.objects.count()) == (page, 1)
    after = client.post(f"{page}/delete", keyed())
    assert (after.headers["Location"], CompletedSession.objects.count()) == ("/training/done", 0)


def test_a_session_page_says_what_was_planned_and_that_power_counts_before_the_device(alice, athlete):
    values = {"title": "Recovery ride", "sport": "cycle", "starts_at": START, "duration_minutes": 60.0}
    create_event(by=alice, athlete=athlete, values=values)
    page = shown(upload(sign_in(alice), ("ride.fit", RIDE))).text
    assert "planned: 1\u00a0h" in page
    assert "worked out from power" in page
    assert "The device’s own number is kept and not used." in page


def test_the_pages_have_no_faults(alice, api, path):
    client = sign_in(alice)
    empty = client.get("/training/done").content.decode()
    session_id = two_sources(alice, api, path)
    record = SessionRecord.objects.get(source="fit")
    pages = ["/training", "/training/done", UPLOAD, f"/training/done/{session_id}"]
    pages += [f"/training/done/{session_id}/delete", f"/training/done/{session_id}/records/{record.pk}/delete"]
    found = [empty, *(client.get(page).content.decode() for page in pages)]
    assert [faults(html) for html in found] == [{}] * 7
    assert 'href="/training/done"' in found[1]
