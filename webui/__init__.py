"""The site: asks the questions of a questionnaire, keeps nothing, and shows or prints what follows.

`create_app` makes the application; `webui.serve` runs it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask

from webui.assets import LOGO, files, read_assets
from webui.casework import set_up_cases
from webui.cookie import choose_language
from webui.errors import set_up_errors
from webui.headers import set_up_headers
from webui.leave import exits
from webui.library import Library, open_library
from webui.logs import ExcInfo, failed, set_up_logs
from webui.pdf import Press
from webui.prose import prose, says_999
from webui.question import question_stencil
from webui.sealed import Seal
from webui.settings import Settings
from webui.site import Site
from webui.tongue import _, set_up_tongue, tongue
from webui.views import journeys
from webui.words import TITLE

__all__ = ["Settings", "create_app"]


MOST_STENCILS = 1000  # of some 5 kB: every question of what is served here, in each voice and language that is spoken


class Application(Flask):
    """Flask, but what it writes down never holds a person's words."""

    def log_exception(self, exc_info: ExcInfo) -> None:
        failed(exc_info)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func  # none of ours is a coroutine: with each request Flask would look at all of them again


def create_app(settings: Settings, library: Library | None = None) -> Flask:
    """Return the application, with every questionnaire of the settings loaded that can be, or with those of a library.

    Raises InvalidSettings.
    """
    app = Application(__name__, static_folder=None, root_path=str(Path(__file__).parent))
    app.config.update(
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_MEMORY_SIZE=64 * 1024,
        MAX_FORM_PARTS=200,
        TRUSTED_HOSTS=list(settings.hosts),
        PROPAGATE_EXCEPTIONS=False,
    )
    assets = read_assets(settings.theme)
    app.extensions["askwell"] = Site(
        settings,
        library or open_library(settings.questionnaires, settings.offered, settings.nation, settings.drafts),
        Seal(settings.keys, settings.idle, settings.at_most),
        Press(settings),
        assets,
        lru_cache(MOST_STENCILS)(question_stencil),
    )
    for part in (journeys, exits, files):
        app.register_blueprint(part)
    if settings.cases is not None:
        set_up_cases(app, settings.cases)
    if settings.log_requests:
        set_up_logs(app)
    set_up_headers(app)
    set_up_errors(app)
    set_up_tongue(app.jinja_env)
    app.before_request(choose_language)
    app.jinja_env.filters.update(prose=prose, says_999=says_999, day=lambda day: tongue().day(day))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=lambda name: assets[name].url,
        page_title=TITLE,
        exit_to=settings.exit_to,
        run_by=settings.name,
        has_logo=LOGO in assets,
        contact=settings.contact,
        idle_seconds=int(settings.idle.total_seconds()),
    )
    app.context_processor(lambda: {"idle": _minutes(settings.idle), "at_most": _minutes(settings.at_most)})
    return app


def _minutes(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes % 60:
        return _("{count} minutes", count=minutes)
    return _("1 hour") if minutes == 60 else _("{count} hours", count=minutes // 60)
