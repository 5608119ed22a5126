"""Install the peers below .venv/peers, each alone: one that cannot be had does not keep the others away."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

PINS = Path(__file__).with_name("pins.toml")
PLACE = Path(".venv/peers")
MINUTES = 5


@dataclass(frozen=True, slots=True)
class Installed:
    """A peer: where it is, or why it is not."""

    name: str
    version: str
    place: Path
    language: str
    missing: str = ""


def install() -> dict[str, Installed]:
    """Return the peers by name; those that are there already are left as they are."""
    pins: dict[str, dict[str, str]] = tomllib.loads(PINS.read_text(encoding="utf-8"))
    if not (PLACE / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=False)
    found = {}
    for language, wanted in pins.items():
        for name, version in wanted.items():
            place = PLACE / language / name
            found[name] = Installed(name, version, place, language, _put(language, name, version, place))
    return found


def _put(language: str, name: str, version: str, place: Path) -> str:
    """Install one; return why that did not work."""
    mark = place / f"{version}.installed"
    if mark.exists():
        return ""
    command = _pip(name, version, place) if language == "python" else _npm(name, version, place)
    if shutil.which(command[0]) is None:
        return f"{command[0]} is not installed"
    print(f"  installing {name} {version} …", flush=True)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 * MINUTES, check=False)
    except subprocess.TimeoutExpired:
        return f"could not be installed within {MINUTES} minutes"
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return f"could not be installed ({command[0].rpartition('/')[2]} ended with {done.returncode})"
    mark.touch()
    return ""


def _pip(name: str, version: str, place: Path) -> list[str]:
    python = str(PLACE / "bin" / "python")
    quietly = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--retries", "1"]
    return [python, *quietly, "--target", str(place), f"{name}=={version}"]


def _npm(name: str, version: str, place: Path) -> list[str]:
    quietly = ["--silent", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"]
    return ["npm", "install", *quietly, "--prefix", str(place), f"{name}@{version}"]
