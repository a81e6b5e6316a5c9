"""Files of a workspace's `media/` as documents name them, and addresses of players.

Only a path is read here, never a file: what is in it is judged where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from crawler.config.refusals import Place, shown
from crawler.config.values import line
from crawler.urls import host_of

MEDIA: Final = "media"
# players that WordPress embeds by their address (developer.wordpress.org, "Embeds")
PLAYERS: Final[Mapping[str, str]] = {
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "facebook.com": "facebook",
    "fb.watch": "facebook",
    "vimeo.com": "vimeo",
    "dailymotion.com": "dailymotion",
    "dai.ly": "dailymotion",
}
PICTURES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp")
VIDEOS: Final = (".mp4", ".m4v", ".webm", ".mov", ".ogv")
# what may stand in an address that is shown: nothing that ends an attribute or a shortcode
_SAFE: Final = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]{1,2000}")


def player_of(address: str) -> str | None:
    """The player of an address of a video: "youtube"; None where we know none."""
    if not _SAFE.fullmatch(address):
        return None
    try:
        host = host_of(address)
    except ValueError:
        return None
    return next(
        (name for known, name in PLAYERS.items() if host == known or host.endswith(f".{known}")),
        None,
    )


def within(endings: tuple[str, ...]) -> Any:
    """A file of media/, by a path that cannot leave it, and that stands there."""

    def read(value: object, place: Place) -> str:
        name = line(value, place)
        parts = name.split("/")
        if "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in parts):
            raise place.refusal(
                "a file of {media}/, without a way out: {name}", media=MEDIA, name=shown(name)
            )
        if not name.lower().endswith(endings):
            raise place.refusal(
                "{name}: a file that ends with {endings}",
                name=shown(name),
                endings=", ".join(endings),
            )
        folder = place.source.parent.parent / MEDIA
        file = folder / name
        if not file.is_file():
            raise place.refusal("there is no {name} in {folder}", name=shown(name), folder=folder)
        if not file.resolve().is_relative_to(folder.resolve()):
            raise place.refusal("{name} leads out of {folder}", name=shown(name), folder=folder)
        return name

    return read


def video(value: object, place: Place) -> str:
    """The address of a player, or a video file of media/."""
    text = line(value, place)
    if "://" not in text:
        return str(within(VIDEOS)(value, place))
    if player_of(text) is None:
        raise place.refusal(
            "{text}: no address of YouTube, Facebook, Vimeo or Dailymotion; else put "
            "the file into {media}/",
            text=shown(text),
            media=MEDIA,
        )
    return text
