"""The logo is believed only after a look at it; a broken one is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.models import Brand, Workspace
from reports.brand import BrokenLogo, logo_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def desk(root: Path, logo: str | None = "logo.png") -> Workspace:
    return Workspace(root=root, brand=Brand(logo=logo))


def test_no_logo_is_no_trouble(tmp_path: Path) -> None:
    assert logo_of(desk(tmp_path, None)) is None


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(PNG, "image/png"), (b"\xff\xd8\xff\xe0rest", "image/jpeg")],
    ids=["png", "jpeg"],
)
def test_the_bytes_say_what_it_is(tmp_path: Path, body: bytes, media_type: str) -> None:
    (tmp_path / "logo.png").write_bytes(body)
    logo = logo_of(desk(tmp_path))
    assert logo is not None
    assert (logo.body, logo.media_type) == (body, media_type)
    assert logo.data_uri.startswith(f"data:{media_type};base64,")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param(b"<svg onload='x()'>", "neither PNG nor JPEG", id="svg"),
        pytest.param(b"", "neither PNG nor JPEG", id="empty"),
        pytest.param(PNG + b"0" * 2_000_000, "larger than 2 MB", id="huge"),
    ],
)
def test_a_broken_logo_is_one_line_with_its_file(
    tmp_path: Path, body: bytes | None, says: str
) -> None:
    if body is not None:
        (tmp_path / "logo.png").write_bytes(body)
    with pytest.raises(BrokenLogo, match=says) as broken:
        logo_of(desk(tmp_path))
    assert str(tmp_path / "logo.png") in str(broken.value)
    assert "\n" not in str(broken.value)
