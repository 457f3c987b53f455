"""A photo of a meal: what of it goes out, and what may be said of it."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from advisor import services
from advisor.backends import choose_backend
from advisor.backends.estimates import MealEstimate
from advisor.backends.photos import MAX_BYTES, PhotoTooLarge, PhotoTypeUnknown, read_photo
from advisor.backends.protocol import AdviceContext, Photo
from advisor.guardrails import check_reply
from advisor.models import Message
from advisor.tools import Toolbox
from nutrition_site.kernel.errors import DomainError, InvalidInput
from tests.advisor.protocol_server import text_answer, tool_answer

pytestmark = pytest.mark.django_db

# 24 x 16 pixels of one color, on its side (orientation 6), with the camera's name and a comment.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4QA4RXhpZgAATU0AKgAAAAgAAgEPAAIAAAAKAAAAJgESAAMAAAABAAYAAAAAAABTZWNyZXRD"
    "YW0A//4AD1NlY3JldENvbW1lbnT/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////"
    "////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////"
    "////////////wAARCAAQABgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA"
    "FQEBAQAAAAAAAAAAAAAAAAAAAAP/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCgJKAAP//Z"
)
# The same as WebP with Exif and XMP, and without loss and anything else.
WEBP = base64.b64decode(
    "UklGRpgAAABXRUJQVlA4WAoAAAAMAAAAFwAADwAAVlA4IDAAAADQAgCdASoYABAAP3Gix1k0rCgjsAgCkC4JQBdgBaSAANpuWc38"
    "hyPAkrVmk2NAAABFWElGMAAAAE1NACoAAAAIAAIBDwACAAAACgAAACYBEgADAAAAAQAGAAAAAAAAU2VjcmV0Q2FtAFhNUCAJAAAA"
    "U2VjcmV0WG1wAA=="
)
WEBP_LOSSLESS = base64.b64decode("UklGRh4AAABXRUJQVlA4TBEAAAAvF8ADAAdQvCIXpf+BiOh/AAA=")


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width=24, height=16, *, extra=b""):
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = png_chunk(b"IDAT", zlib.compress(b"\x00" * 17 * 25))
    return b"\x89PNG\r\n\x1a\n" + head + extra + data + png_chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (JPEG, "image/jpeg"),
        (png(), "image/png"),
        (WEBP, "image/webp"),
        (WEBP_LOSSLESS, "image/webp"),
    ],
    ids=["jpeg", "png", "webp", "webp without loss"],
)
def test_the_kind_of_a_photo_is_read_from_its_bytes(content, media_type):
    assert read_photo(content).media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        JPEG,
        JPEG + b"SecretTrailer" + JPEG,
        png(extra=png_chunk(b"tEXt", b"k\x00SecretText") + png_chunk(b"eXIf", b"SecretExif")),
        png() + b"SecretTrailer",
        WEBP,
    ],
    ids=["jpeg", "jpeg with more behind it", "png", "png with more behind it", "webp"],
)
def test_nothing_but_the_picture_goes_out(content):
    assert (b"Secret" in content, b"Secret" in read_photo(content).content) == (True, False)


@pytest.mark.parametrize("content", [JPEG, png(), WEBP, WEBP_LOSSLESS], ids=["jpeg", "png", "webp", "lossless"])
def test_a_photo_without_metadata_stays_as_it_is(content):
    clean = read_photo(content).content
    assert read_photo(clean).content == clean


def test_the_picture_itself_is_left_alone():
    clean, at = read_photo(JPEG).content, JPEG.index(b"\xff\xdb")
    assert clean.endswith(JPEG[at:])


def test_a_jpeg_keeps_which_way_is_up():
    # Exif 2.3, 4.6.4: tag 0x0112, a short; 6 is a quarter turn.
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in read_photo(JPEG).content


def test_flags_for_what_was_left_out_of_a_webp_are_taken_back():
    # RFC 9649, 2.7: the byte after the chunk's size; 0x08 announces Exif, 0x04 XMP.
    at = WEBP.index(b"VP8X") + 8
    assert (WEBP[at] & 0x0C, read_photo(WEBP).content[at] & 0x0C) == (0x0C, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"GIF89a" + b"\x00" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"RIFF0000AVI ",
    ],
    ids=["nothing", "text", "gif", "svg", "pdf", "avi"],
)
def test_other_kinds_are_refused_whatever_they_say_they_are(content):
    with pytest.raises(PhotoTypeUnknown) as caught:
        read_photo(content)
    assert (caught.value.status, caught.value.code) == (415, "photo_type")


def broken_photos():
    for name, content in (("jpeg", JPEG), ("png", png()), ("webp", WEBP), ("lossless", WEBP_LOSSLESS)):
        for share in (0.3, 0.6, 0.95):
            yield pytest.param(content[: int(len(content) * share)], id=f"{name} {share}")
    yield pytest.param(png().replace(b"IDAT", b"IDAX"), id="png with a wrong sum")
    yield pytest.param(png(0, 16), id="png without width")
    yield pytest.param(b"\xff\xd8\xff\xd9", id="jpeg without picture")
    yield pytest.param(b"\xff\xd8\xff\xe1\x00\x00" * 9, id="jpeg with a part of no length")


@pytest.mark.parametrize("content", list(broken_photos()))
def test_a_cut_or_damaged_photo_is_refused(content):
    with pytest.raises(DomainError) as caught:
        read_photo(content)
    assert caught.value.status in (400, 415)


def test_more_than_five_megabytes_are_refused():
    with pytest.raises(PhotoTooLarge) as caught:
        read_photo(JPEG + b"\x00" * MAX_BYTES)
    assert (caught.value.status, caught.value.code) == (413, "photo_too_large")


@pytest.mark.parametrize(("width", "passes"), [(8000, True), (8001, False)])
def test_a_few_bytes_that_unfold_to_more_than_forty_megapixels_are_refused(width, passes):
    if passes:
        assert read_photo(png(width, 5000)).media_type == "image/png"
    else:
        with pytest.raises(PhotoTooLarge):
            read_photo(png(width, 5000))


# --- what a model may state about it ---
RANGES = {
    "energy_kcal": {"low": 500, "high": 700},
    "carbs_g": {"low": 60, "high": 80},
    "protein_g": {"low": 25, "high": 35},
    "fat_g": {"low": 15, "high": 25},
}


@pytest.fixture
def tools(athlete):
    return Toolbox(athlete=athlete, by=athlete.user)


def test_both_ends_of_every_range_become_facts(tools):
    MealEstimate(tools).run(RANGES)
    found = {fact.id: (fact.value, fact.unit, fact.source) for fact in tools.collected()}
    source = "estimated from your photo"
    assert (len(found), found["photo:energy_kcal:low"], found["photo:carbs_g:high"]) == (
        8,
        (500.0, "kcal", source),
        (80.0, "g", source),
    )


def test_rounding_never_makes_a_range_narrower(tools):
    MealEstimate(tools).run({**RANGES, "fat_g": {"low": 15.7, "high": 24.2}})
    assert [tools.facts[f"photo:fat_g:{end}"].value for end in ("low", "high")] == [15.0, 25.0]


def test_a_second_estimate_takes_the_place_of_the_first(tools):
    estimate = MealEstimate(tools)
    estimate.run({**RANGES, "alcohol_g": {"low": 0, "high": 10}})
    estimate.run(RANGES)
    assert [fact.id for fact in tools.collected() if "alcohol" in fact.id] == []


@pytest.mark.parametrize(
    "change",
    [
        {"carbs_g": {"low": 80, "high": 60}},
        {"carbs_g": {"low": -1, "high": 60}},
        {"carbs_g": {"low": 60, "high": 60_000}},
        {"carbs_g": {"low": float("nan"), "high": 60}},
        {"carbs_g": {"low": 0, "high": float("inf")}},
        {"carbs_g": {"low": 0, "high": 10**400}},
        {"carbs_g": {"low": "60", "high": 80}},
        {"carbs_g": {"low": True, "high": 80}},
        {"carbs_g": {"low": 60, "high": 80, "middle": 70}},
        {"carbs_g": 70},
        {"carbs_g": None},
        {"energy_kcal": {"low": 600, "high": 610}},
        {"energy_kcal": {"low": 100, "high": 200}},
        {"energy_kcal": {"low": 2000, "high": 3000}},
        {"sugar_g": {"low": 1, "high": 2}},
    ],
)
def test_an_estimate_that_cannot_be_is_refused_and_leaves_no_fact(tools, change):
    with pytest.raises(InvalidInput):
        MealEstimate(tools).run({**RANGES, **change})
    assert list(tools.collected()) == []


@pytest.mark.parametrize("arguments", [None, [], "x", {}, {"energy_kcal": RANGES["energy_kcal"]}])
def test_an_estimate_with_something_missing_is_refused(tools, arguments):
    with pytest.raises(InvalidInput):
        MealEstimate(tools).run(arguments)


@pytest.mark.parametrize("language", ["en", "sr"])
def test_the_sentence_with_the_ranges_passes_the_check_of_numbers(tools, language):
    estimate = MealEstimate(tools)
    estimate.run({**RANGES, "fat_g": {"low": 15, "high": 26}, "alcohol_g": {"low": 0, "high": 10}})
    checked = check_reply(estimate.sentence(language=language, withheld=False), facts=tuple(tools.collected()))
    assert (checked.findings, len(checked.citations)) == ((), 10)


def test_the_sentence_leaves_energy_out_where_it_is_withheld(tools):
    estimate = MealEstimate(tools)
    estimate.run(RANGES)
    assert "kcal" not in estimate.sentence(language="en", withheld=True)


# --- the whole way ---
def reply_to(athlete, photo, **fields):
    context = AdviceContext(
        message="what is on my plate", tools=Toolbox(athlete=athlete, by=athlete.user), photo=photo, **fields
    )
    return context, choose_backend().reply(context)


PHOTO = Photo(media_type="image/jpeg", content=JPEG)


def test_a_photo_is_sent_with_the_question_and_without_its_metadata(athlete, play):
    server = play(text_answer("I see rice."))
    reply_to(athlete, PHOTO)
    picture, question = server.requests[0]["body"]["messages"][0]["content"]
    sent = base64.b64decode(picture["source"]["data"])
    assert (picture["source"]["media_type"], question["text"], b"Secret" in sent) == (
        "image/jpeg",
        "what is on my plate",
        False,
    )


def test_what_a_photo_says_it_is_does_not_count(athlete, play):
    server = play(text_answer("I see rice."))
    reply_to(athlete, Photo(media_type="text/html", content=png()))
    picture = server.requests[0]["body"]["messages"][0]["content"][0]
    assert picture["source"]["media_type"] == "image/png"


def test_a_file_that_is_no_photo_is_never_sent(athlete, play):
    server = play(text_answer("I see rice."))
    with pytest.raises(PhotoTypeUnknown):
        reply_to(athlete, Photo(media_type="image/jpeg", content=b"#!/bin/sh"))
    assert server.requests == []


def test_numbers_about_a_photo_are_the_ranges_that_were_estimated(athlete, play):
    play(tool_answer("estimate_meal", RANGES), text_answer("Rice with fish, with 60 to 80 g of carbohydrate."))
    context, draft = reply_to(athlete, PHOTO)
    checked = check_reply(draft.reply, facts=draft.facts, days=draft.days)
    assert (checked.findings, draft.reply) == (
        (),
        "Rice with fish, with 60 to 80 g of carbohydrate.\n\nEstimated from your photo, not measured: "
        "energy 500–700 kcal, carbohydrate 60–80 g, protein 25–35 g, fat 15–25 g.",
    )


def test_the_middle_of_a_range_is_an_invented_number(athlete, play):
    play(tool_answer("estimate_meal", RANGES), text_answer("That is 600 kcal."))
    _, draft = reply_to(athlete, PHOTO)
    checked = check_reply(draft.reply, facts=draft.facts, days=draft.days)
    assert [finding.code for finding in checked.findings] == ["number_without_fact"]


def test_the_ranges_are_said_in_a_stream_as_well(athlete, play):
    play(tool_answer("estimate_meal", RANGES), text_answer("Rice with fish. It looks good. "))
    said = []
    _, draft = reply_to(athlete, PHOTO, emit=said.append)
    assert "".join(said) == draft.reply


def test_without_a_photo_nothing_can_be_estimated(athlete, play):
    server = play(tool_answer("estimate_meal", RANGES), text_answer("I do not know."))
    services.ask_advisor(athlete=athlete, message="what is on my plate", by=athlete.user)
    offered = [tool["name"] for tool in server.requests[0]["body"]["tools"]]
    result = server.requests[1]["body"]["messages"][-1]["content"][0]
    assert ("estimate_meal" in offered, result["is_error"]) == (False, True)


def send(client, athlete, form):
    return client.client.post(f"/v1/athletes/{athlete.pk}/advisor/chat", form, headers=client.headers)


def test_a_photo_comes_with_a_question_as_a_form(api, alice, athlete, play):
    server = play(text_answer("That looks filling."))
    form = {"message": "What is this?", "photo": SimpleUploadedFile("meal.png", png(), content_type="text/plain")}
    answer = send(api(alice), athlete, form)
    assert (answer.status_code, answer.json()["reply"]) == (200, "That looks filling.")
    blocks = server.requests[0]["body"]["messages"][-1]["content"]
    assert [block["type"] for block in blocks if block["type"] == "image"] == ["image"]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"GIF89a" + b"\x00" * 40, 415, "photo_type"), (b"\x89PNG\r\n\x1a\n", 400, "invalid")],
)
def test_what_is_no_photo_is_refused_before_the_question_is_stored(api, alice, athlete, content, status, code):
    form = {"message": "What is this?", "photo": SimpleUploadedFile("meal.png", content)}
    answer = send(api(alice), athlete, form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("form", [{"message": ["What is this?", "And this?"]}, {"message": b"What is \xff\xfe this?"}])
def test_a_form_with_two_messages_or_bytes_that_are_no_text_is_refused(api, alice, athlete, form):
    answer = send(api(alice), athlete, form)
    assert (answer.status_code, [row["field"] for row in answer.json()["error"]["details"]]) == (400, ["message"])
    assert Message.objects.count() == 0


def test_a_photo_without_a_model_is_answered_in_words(api, alice, athlete):
    form = {"message": "What is this?", "photo": SimpleUploadedFile("meal.png", png())}
    answer = send(api(alice), athlete, form)
    assert answer.json()["reply"].startswith("I cannot look at pictures right now.")
