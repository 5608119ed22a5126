"""What every page needs at hand: the settings, the questionnaires, the seal, the press, the assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from flask import current_app

from webui.library import Library
from webui.pdf import Press
from webui.sealed import Seal
from webui.settings import Settings

if TYPE_CHECKING:
    from engine.format.instrument import Instrument
    from webui.assets import Asset
    from webui.question import Around
    from webui.stencil import Stencil


@dataclass(frozen=True, slots=True)
class Site:
    """Made once, when the application is."""

    settings: Settings
    library: Library
    seal: Seal
    press: Press
    assets: Mapping[str, Asset]
    stencil: Callable[[Instrument, str, str, Around], Stencil]

    def seconds_left(self, begun: int) -> int:
        """Return how long a journey may still last that was begun then, in seconds of the epoch."""
        return int(begun + self.settings.at_most.total_seconds() - self.settings.now().timestamp())

    def today(self) -> date:
        """Return the day where the site is."""
        return self.settings.now().astimezone(self.settings.zone).date()


def site() -> Site:
    """Return the site of the application that answers this request."""
    return cast("Site", current_app.extensions["askwell"])
