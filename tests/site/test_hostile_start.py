"""An operator's slips: each is refused in one line that names the variable, never with a traceback or in silence."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from nutrition_site import environment
from nutrition_site.environment import Environment

NETWORKS_WORDS = "must list addresses or networks such as 10.0.0.0/8"


@pytest.fixture
def refusal(capsys):
    """The message with which something refuses to start."""

    def run(read, *arguments, **options):
        with pytest.raises(SystemExit) as stop:
            read(*arguments, **options)
        assert stop.value.code == 1
        return json.loads(capsys.readouterr().err)["message"]

    return run


@pytest.mark.parametrize("text", ["abc", "0", "-1", "65536", "8080.0", "٣", "1e3", "9" * 40])
def test_a_port_that_is_none_is_refused_by_name(monkeypatch, refusal, text):
    monkeypatch.setenv("PORT", text)
    assert refusal(Environment().int, "PORT", default=8080) == "PORT must be a whole number from 1 to 65535"


def test_an_empty_number_is_the_default(monkeypatch):
    monkeypatch.setenv("PORT", " ")
    assert Environment().int("PORT", default=8080) == 8080


def test_a_limit_may_be_nothing_at_all(monkeypatch):
    monkeypatch.setenv("RATE_LIMIT_ACCOUNTS_PER_HOUR", "0")
    assert Environment().int("RATE_LIMIT_ACCOUNTS_PER_HOUR", default=60) == 0


@pytest.mark.parametrize(("text", "value"), [("3", "3"), ("0.25", "0.25"), ("0", "0"), ("", "15")])
def test_an_amount_is_read_exactly(monkeypatch, text, value):
    monkeypatch.setenv("AI_PRICE_OUTPUT_USD_PER_MTOK", text)
    assert Environment().decimal("AI_PRICE_OUTPUT_USD_PER_MTOK", default=Decimal(15)) == Decimal(value)


@pytest.mark.parametrize("text", ["-1", "3 USD", "1e3", "NaN", "٣", "1,5"])
def test_an_amount_that_is_none_is_refused_by_name(monkeypatch, refusal, text):
    monkeypatch.setenv("AI_MONTHLY_CAP_ACCOUNT_USD", text)
    message = refusal(Environment().decimal, "AI_MONTHLY_CAP_ACCOUNT_USD", default=None)
    assert message == "AI_MONTHLY_CAP_ACCOUNT_USD must be an amount such as 3 or 0.25"


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("TRUE", True), ("off", False), ("", True)])
def test_a_switch_is_read_in_any_case(monkeypatch, text, value):
    monkeypatch.setenv("SEED_DEMO", text)
    assert Environment().bool("SEED_DEMO", default=True) is value


def test_a_switch_that_is_neither_is_refused(monkeypatch, refusal):
    monkeypatch.setenv("SEED_DEMO", "maybe")
    assert refusal(Environment().bool, "SEED_DEMO", default=True) == "SEED_DEMO must be 1 or 0"


def test_a_list_may_have_space_after_its_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_ORIGINS", "https://a.example, https://b.example,")
    assert Environment().list("ALLOWED_ORIGINS", default=["*"]) == ["https://a.example", "https://b.example"]


def test_numbers_are_read_by_name(monkeypatch):
    monkeypatch.setenv("CALENDAR_HOST_LIMITS", "www.googleapis.com=16, Dav.example:8443=2")
    assert Environment().numbers("CALENDAR_HOST_LIMITS") == {"www.googleapis.com": 16, "dav.example:8443": 2}


@pytest.mark.parametrize("text", ["a", "a=", "=4", "a=0", "a=-1", "a=4.5", "a=" + "9" * 9])
def test_a_number_without_a_name_or_that_is_none_is_refused(monkeypatch, refusal, text):
    monkeypatch.setenv("CALENDAR_HOST_LIMITS", text)
    assert refusal(Environment().numbers, "CALENDAR_HOST_LIMITS") == (
        "CALENDAR_HOST_LIMITS must be names with whole numbers, such as host=4,other=8"
    )


def test_an_empty_list_is_the_default(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "")
    assert Environment().list("ALLOWED_HOSTS", default=["*"]) == ["*"]


def test_a_secret_in_a_file_is_the_same_secret_as_in_a_variable(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("word\n")
    monkeypatch.setenv("JWT_SECRET_FILE", str(tmp_path / "secret"))
    assert Environment()("JWT_SECRET") == "word"


def test_a_secret_may_begin_with_a_dollar_sign(monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", "$HOME-made")
    assert Environment()("SMTP_PASSWORD") == "$HOME-made"


@pytest.mark.parametrize(("name", "kind"), [("absent", "FileNotFoundError"), ("", "IsADirectoryError")])
def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch, tmp_path, refusal, name, kind):
    monkeypatch.setenv("JWT_SECRET_FILE", str(tmp_path / name))
    assert refusal(Environment(), "JWT_SECRET") == f"JWT_SECRET_FILE names a file that cannot be read: {kind}"


def test_a_secret_file_that_is_no_text_is_named(monkeypatch, tmp_path, refusal):
    (tmp_path / "secret").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("JWT_SECRET_FILE", str(tmp_path / "secret"))
    assert refusal(Environment(), "JWT_SECRET").startswith("JWT_SECRET_FILE names a file that cannot be read")


def test_a_misspelled_environment_is_not_taken_for_development(refusal):
    message = refusal(environment.require_choice, "ENVIRONMENT", "prod", ("production", "development"))
    assert message == "ENVIRONMENT must be one of development, production"


@pytest.mark.parametrize("value", ["http://cache:6379", "nonsense", "redis://", "redis://cache:port"])
def test_an_address_that_cannot_be_one_is_refused_without_showing_it(refusal, value):
    message = refusal(environment.require_url, "REDIS_URL", value, ("redis", "rediss"))
    assert message == "REDIS_URL must be an address such as redis://host:port/name"


def test_a_proxy_that_is_no_network_is_refused_at_the_start_and_not_in_each_request(refusal):
    message = refusal(environment.require_networks, "TRUSTED_PROXIES", ["10.0.0.0/8", "proxy"])
    assert message == f"TRUSTED_PROXIES {NETWORKS_WORDS}"


def test_an_encryption_key_that_is_none_is_refused_at_the_start(refusal):
    message = refusal(environment.require_fernet_keys, "FIELD_ENCRYPTION_KEYS", ["secret-in-the-wrong-place"])
    assert message == "FIELD_ENCRYPTION_KEYS must list Fernet keys: 32 bytes each, in URL-safe base64"


def test_a_fresh_key_is_a_key():
    from cryptography.fernet import Fernet

    environment.require_fernet_keys("FIELD_ENCRYPTION_KEYS", [Fernet.generate_key().decode()])
