"""What every test may rely on: a closed network, marked real components, fixed random seeds."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CLOSED = Path(__file__).parent / "closed_network"
STRANGERS = "JEHONA_TEST_STRANGERS"
REQUIRE = "JEHONA_REQUIRE"
# names of real components that may not be missing, comma-separated: "wordpress,browser"

settings.register_profile(
    "quick",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    deadline=None,
    max_examples=20_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def pytest_configure(config: pytest.Config) -> None:
    """Closes the network of this process and of every Python that tests start."""
    # what commands print is told in English here; tests of the other language say so
    os.environ["JEHONA_LANGUAGE"] = "en"
    settings.load_profile("soak" if os.environ.get("JEHONA_SOAK") else "quick")
    known = os.environ.get("PYTHONPATH", "")
    if str(CLOSED) not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(CLOSED), known]))
    sys.path.insert(0, str(CLOSED))
    # by its own name: pytest's process may have a sitecustomize of its environment
    sys.modules.pop("sitecustomize", None)
    __import__("sitecustomize")


@pytest.fixture(autouse=True)
def strangers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Fails a test that tried an address outside loopback, in this process or one it started.

    `@pytest.mark.strangers` allows it to try: the address is closed all the same.
    """
    ledger = tmp_path_factory.getbasetemp() / "strangers.txt"
    ledger.unlink(missing_ok=True)
    os.environ[STRANGERS] = str(ledger)
    yield ledger
    tried = ledger.read_text("utf-8").split() if ledger.exists() else []
    if tried and request.node.get_closest_marker("strangers") is None:
        pytest.fail(f"tried the outside world: {', '.join(sorted(set(tried)))}")


@pytest.fixture(scope="session")
def require() -> Callable[[str, str | None], None]:
    """`require("wordpress", missing())`: skips with the reason, or fails where it is required."""
    return require_component


def require_component(component: str, lacking: str | None) -> None:
    """Skips when the real `component` lacks something; fails when JEHONA_REQUIRE names it."""
    if lacking is None:
        return
    if component in os.environ.get(REQUIRE, "").split(","):
        pytest.fail(f"{component} is required here: {lacking}", pytrace=False)
    pytest.skip(f"real {component}: {lacking}")
