"""What looks like a secret, and what does not."""

from __future__ import annotations

import pytest

from site_builder.load.secrets import is_secret_key, secret_places


@pytest.mark.parametrize(
    "key", ["password", "Secret", "api key", "api-key", "apikey", "slack_token", "PRIVATE_KEY", "passphrase"]
)
def test_a_key_made_for_a_secret(key: str) -> None:
    assert is_secret_key(key)


@pytest.mark.parametrize("key", ["access_key", "name", "tokens_left", "secretary", "key", "passwords_are_written_down"])
def test_any_other_key(key: str) -> None:
    assert not is_secret_key(key)


@pytest.mark.parametrize(
    "value",
    [
        "AKIA" + "A1" * 8,
        "AIza" + "a" * 35,
        "ghp_" + "a" * 36,
        "github_pat_" + "a" * 50,
        "glpat-" + "a" * 20,
        "xoxb-" + "1" * 12,
        "sk_live_" + "a" * 16,
        "sk-" + "a" * 40,
        "SG." + "a" * 22 + "." + "b" * 43,
        "eyJ" + "a" * 20 + ".eyJ" + "b" * 20 + ".c",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        "AGE-SECRET-KEY-1" + "Q" * 58,
    ],
)
def test_a_value_in_the_form_of_a_secret_is_found_at_its_place(value: str) -> None:
    assert list(secret_places(f"a: b\r\nc: {value}\n")) == [(1, 3)]


@pytest.mark.parametrize(
    "text", ["sk-", "https://x.example/eyJhbGci", "-----BEGIN PUBLIC KEY-----", "task-" + "a" * 40, "£100 for you"]
)
def test_any_other_text_is_none(text: str) -> None:
    assert list(secret_places(text)) == []


def test_ten_secrets_are_enough() -> None:
    assert len(list(secret_places(("ghp_" + "a" * 36 + "\n") * 50))) == 10
