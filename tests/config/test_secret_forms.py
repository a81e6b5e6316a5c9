"""No file of a workspace holds a secret: forms that are known, and words that only look alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.config import RegistryError
from crawler.config.outlets import read_outlet
from crawler.config.secret_forms import PASSWORD, TOKEN, secret_in

# Put together here, so that no scanner of secrets takes this file for a leak.
X = "x9" * 20
TOKENS = [
    f"ghp_{X}",
    f"github_pat_{X}",
    f"glpat-{X}",
    f"xoxb-{X}",
    f"https://hooks.slack.com/services/T0/B0/{X}",
    f"https://discord.com/api/webhooks/12345/{X}",
    f"https://discordapp.com/api/webhooks/12345/{X}",
    f"https://api.telegram.org/bot123456789:{X}/sendMessage",
    f"123456789:{X}",
    f"sk-{X}",
    f"sk_live_{X}",
    "AKIA" + "ABCDEFGH12345678",
    f"AIza{X[:35]}",
    f"ya29.{X}",
    f"SG.{X}.{X}",
    "key-" + "0a" * 16,
    f"eyJ{X}.eyJ{X}.{X}",
    "-----BEGIN RSA PRIVATE KEY-----\nabc",
    "-----BEGIN PRIVATE KEY-----",
    f"tgram://123:{X}/7",
    "https://gazeta.example/feed?token=abc123def",
    "https://gazeta.example/feed?a=1&access_token=abc123def",
    "https://gazeta.example/feed?api-key=abc123def&b=2",
    "aB1c dEfg hiJk 2lmn Opqr StUv",
]
PASSWORDS = [
    "https://ana:fshehte@gazeta.example/",
    "http://:fshehte@gazeta.example",
    "HTTPS://ana:fshehte@gazeta.example",
    "postgresql://ana:fshehte@db.office.example/pool",
    "mailtos://ana:fshehte@mail.example",
    "socks5://ana:fshehte@127.0.0.1:1080",
    "ana:fshehte@mail.example",
    "shih https://ana:fshehte@gazeta.example/ për më shumë",
]
PLAIN = [
    "https://gazeta.example/2026/05/shkrim:me-dy-pika@faqja",
    "https://gazeta.example/lajm.php?pk_lajm=7&key=kulture",
    "https://gazeta.example/?tokens=3",
    "https://gazeta.example:8443/",
    "ana@office.example",
    "mailto:dal@office.example",
    "mailto:dal@office.example?subject=dal",
    "postgresql://ana@db.office.example/pool",
    "Dita e librit në Tiranë: një festë",
    "Kush e mban fest larg nesh",
    "ABCD EFGH IJKL MNOP QRST UVWX",
    "keyring:roundup",
    "sk-pop i ri",
    "10:30 deri 12:00",
]


@pytest.mark.parametrize("text", TOKENS)
def test_a_known_form_of_token_is_one(text: str) -> None:
    assert secret_in(text) == TOKEN
    assert secret_in(["x", [text]]) == TOKEN


@pytest.mark.parametrize("text", PASSWORDS)
def test_a_password_in_an_address_is_one(text: str) -> None:
    assert secret_in(text) == PASSWORD


@pytest.mark.parametrize("text", PLAIN)
def test_other_words_are_none(text: str) -> None:
    assert secret_in(text) is None


@pytest.mark.parametrize("secret", [*TOKENS, *PASSWORDS])
@pytest.mark.parametrize("key", ["home", "owner", "declined"])
def test_it_is_refused_wherever_it_stands_and_never_shown(
    tmp_path: Path, key: str, secret: str
) -> None:
    path = tmp_path / "gazeta.toml"
    told = secret.replace("\n", "\\n")
    path.write_text(f'name = "Gazeta"\n{key} = "{told}"\n', "utf-8")
    with pytest.raises(RegistryError) as refused:
        read_outlet(path)
    line = str(refused.value)
    assert f"line 2: {key}: " in line
    assert secret not in line
    assert "fshehte" not in line
    assert X not in line
