"""What keeps a page out of sight, and the test that turns red without it: each guard is taken away by a fault.

`python -m tests.mutants` takes each away in a copy of the site and runs its test, which must fail.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults import Fault
from webui.headers import HEADERS


@dataclass(frozen=True, slots=True)
class Guard:
    """A fault in the site, and where it must be noticed: a test file, with the test's name behind `::`."""

    fault: Fault
    test: str


SCRIPT, SHEET = "static/app.js", "static/app.css"
LAYOUT, FIELDS, PARTS, LEFT = (f"templates/{name}.html" for name in ("layout", "fields", "parts", "left"))
WITH_SCRIPTS = "test_leaving.py::test_with_scripts_back_leads_to_before_the_site"
WITHOUT_SCRIPTS = "test_leaving.py::test_without_scripts_back_shows_no_question"
ON_THE_DISK = "test_traces.py::test_nothing_is_left_on_the_disk"
PUT_AWAY = "test_leaving.py::test_a_page_that_is_put_away_or_brought_back_whole_is_blank_at_once"
EVERY_REPLY = "test_site.py::test_every_reply_says_keep_nothing_and_load_only_from_here"
REMEMBERED = "test_site.py::test_forms_are_not_remembered_by_the_browser"
TWO_WAYS_OUT = "test_every_page.py::test_every_page_has_the_same_name_and_two_ways_out"
IN_REACH = "test_look.py::test_the_way_out_is_in_reach_at_every_place_of_a_narrow_page"
FIRST = "test_look.py::test_what_comes_before_the_bar_is_seen_only_while_it_has_the_focus"
OLD = "test_old_browser.py::test_every_page_can_be_read_and_left"
SLOW_HAND = "test_leaving.py::test_capital_letters_and_a_slow_hand_do_not_leave"
TIME = "test_timing.py"


def _guard(name: str, file: str, old: str, new: str, test: str) -> Guard:
    return Guard(Fault(name, file, old, new), test)


GUARDS = (
    # leaving
    _guard(
        "leaving adds to the history",
        SCRIPT,
        "location.replace(exit);",
        "location.href = exit;",
        f"{WITH_SCRIPTS}[button]",
    ),
    _guard(
        "leaving with scripts does not forget",
        SCRIPT,
        "if (!navigator.sendBeacon || !navigator.sendBeacon('/leave')) {",
        "if (!navigator.sendBeacon) {",
        f"{WITH_SCRIPTS}[button]",
    ),
    _guard(
        "Shift does not leave", SCRIPT, "if (presses > 2)", "if (presses > 3)", f"{WITH_SCRIPTS}[three times Shift]"
    ),
    _guard(
        "the first thing on the page is no way out",
        LAYOUT,
        '{{ parts.leave(_("Leave this site now")) }}\n',
        "",
        TWO_WAYS_OUT,
    ),
    _guard(
        "without scripts, leaving takes one step",
        "leave.py",
        'render_template("left.html")',
        "redirect(site().settings.exit_to, 303)",
        f"{WITHOUT_SCRIPTS}[button]",
    ),
    _guard(
        "the first step does not go on",
        LEFT,
        '<meta http-equiv="refresh" content="0;url=/out">\n',
        "",
        f"{WITHOUT_SCRIPTS}[first on the page]",
    ),
    _guard(
        "leaving keeps the cookie",
        "leave.py",
        "    forget(response)\n",
        "",
        "test_site.py::test_leaving_takes_two_steps_and_forgets_on_both",
    ),
    _guard(
        "the browser is not told to forget",
        "leave.py",
        '    response.headers["Clear-Site-Data"] = \'"cache", "cookies", "storage"\'\n',
        "",
        "test_site.py::test_leaving_takes_two_steps_and_forgets_on_both",
    ),
    _guard(
        "leaving waits for the exit site with the page in sight",
        SCRIPT,
        "    blank();\n    doc.title = 'Loading';\n",
        "",
        "test_leaving.py::test_the_page_is_blank_at_once_even_if_the_exit_site_never_answers",
    ),
    _guard("Shift in a capital letter leaves", SCRIPT, " && !asModifier", "", SLOW_HAND),
    _guard("Shift is counted for ever", SCRIPT, "count(0); }, 5000)", "count(0); }, 50000)", SLOW_HAND),
    _guard("Shift is counted without a word", SCRIPT, "if (say) { say", "if (!say) { say", SLOW_HAND),
    _guard(
        "an old browser cannot leave",
        SCRIPT,
        "      doc.querySelector('form.leave').submit();\n",
        "",
        "test_traces.py::test_a_browser_of_years_ago_can_answer_and_leave",
    ),
    _guard(
        "another site's page cannot be left for being another's",
        "headers.py",
        " and request.path != OPEN_TO_ALL:",
        ":",
        "test_site.py::test_leaving_takes_two_steps_and_forgets_on_both",
    ),
    # coming back
    _guard(
        "a page brought back whole stays",
        SCRIPT,
        "if (event.persisted) { blank(); location.reload(); }",
        "",
        "test_leaving.py::test_a_page_that_the_browser_kept_in_spite_of_all_is_fetched_anew",
    ),
    _guard(
        "a page brought back is in sight at first", SCRIPT, "blank(); location.reload()", "location.reload()", PUT_AWAY
    ),
    _guard("a page put away is kept", SCRIPT, "  window.addEventListener('pagehide', blank);\n", "", PUT_AWAY),
    _guard(
        "a page out of sight is not covered",
        SCRIPT,
        "(doc.hidden || leaving ? ' away' : '')",
        "(leaving ? ' away' : '')",
        "test_traces.py::test_a_page_out_of_sight_is_covered",
    ),
    _guard(
        "every page has its place in the history",
        SCRIPT,
        "location.replace(form.getAttribute('data-to') || form.getAttribute('data-then') || '/q'); return null",
        "location.href = form.getAttribute('data-to') || form.getAttribute('data-then') || '/q'; return null",
        "test_journeys.py::test_from_the_first_page_to_the_file[scripts]",
    ),
    _guard(
        "a link has its place in the history",
        SCRIPT,
        "if (at.hasAttribute('data-flat')) { event.preventDefault(); location.replace(link); }",
        "",
        f"{WITH_SCRIPTS}[button]",
    ),
    # what stays
    _guard(
        "pages may be stored",
        "headers.py",
        '("Cache-Control", "no-store")',
        '("Cache-Control", "private")',
        "test_traces.py::test_a_browser_that_is_closed_and_opened_again_holds_no_journey",
    ),
    _guard(
        "the cookie outlives the browser",
        "sealed.py",
        "{sealed}; Secure;",
        "{sealed}; Max-Age=7200; Secure;",
        "test_traces.py::test_a_browser_that_is_closed_and_opened_again_holds_no_journey",
    ),
    _guard(
        "a script keeps something in the browser",
        SCRIPT,
        "  ready();\n}());",
        "  ready();\n  sessionStorage.setItem('seen', '1');\n}());",
        f"{ON_THE_DISK}[scripts]",
    ),
    _guard(
        "the browser offers what was typed",
        FIELDS,
        'maxlength="{{ width }}" autocomplete="off"',
        'maxlength="{{ width }}"',
        REMEMBERED,
    ),
    _guard(
        "a form is remembered",
        PARTS,
        'method="post" autocomplete="off" novalidate',
        'method="post" novalidate',
        REMEMBERED,
    ),
    _guard(
        "what is typed is sent to be spelled",
        FIELDS,
        'maxlength="20" autocomplete="off" spellcheck="false"',
        'maxlength="20" autocomplete="off"',
        REMEMBERED,
    ),
    _guard("the title tells the question", LAYOUT, "{{ _(page_title) }}", "About a zebra", TWO_WAYS_OUT),
    _guard(
        "the end is never reached",
        "sealed.py",
        "fresh = moment - seen <= self._idle and moment - begun <= self._at_most",
        "fresh = True",
        "test_traces.py::test_what_is_sent_after_the_end_leads_to_a_page_about_nothing",
    ),
    _guard("no warning before the end", SCRIPT, "left - 300000", "left + 300000", TIME),
    _guard("at the end the page stays", SCRIPT, "blank(); location.replace('/q'); }, left", "}, left", TIME),
    # who is told
    _guard(
        "links tell where people come from",
        "templates/summary_parts.html",
        ' rel="noreferrer nofollow"',
        "",
        "test_every_page.py::test_whoever_is_led_elsewhere_is_not_told_where_from",
    ),
    _guard(
        "something comes from elsewhere",
        "headers.py",
        "img-src 'self' data:",
        "img-src *",
        EVERY_REPLY,
    ),
    *(
        _guard(f"{name} is not sent", "headers.py", f'    "{name}": ', f'    "X-Not-{name}": ', EVERY_REPLY)
        for name in HEADERS
    ),
    # in reach
    _guard("the bar scrolls away", SHEET, "position: sticky; top: 0; z-index: 20;", "z-index: 20;", IN_REACH),
    _guard(
        "what comes first lies before the bar",
        SHEET,
        ".first .leave button, .first > a { position: absolute;",
        ".first .leave button, .first > a { position: static;",
        IN_REACH,
    ),
    _guard(
        "the first button is seen by whom it is not for", SHEET, "top: 0; clip: rect(0 0 0 0); }", "top: 0; }", FIRST
    ),
    _guard(
        "the button is small",
        SHEET,
        "min-height: 2.75rem; min-width: 2.75rem; padding: .55rem 1.1rem;",
        "padding: .1rem;",
        IN_REACH,
    ),
    _guard(
        "what has the focus lies under the bar",
        SHEET,
        "  scroll-padding-top: 5.5rem; scroll-padding-bottom: 1rem;\n",
        "",
        "test_access.py::test_what_has_the_focus_is_seen_whole_and_by_more_than_its_colour",
    ),
    # on a phone of 2016
    _guard(
        "an old phone covers nothing",
        SHEET,
        "background: #fff; background: Canvas;",
        "background: Canvas;",
        "test_old_browser.py::test_a_page_out_of_sight_is_covered_by_something",
    ),
    _guard("an old phone has no words of its own", "assets.py", '= with_older_words(found["app.css"])', '+= ""', OLD),
    _guard(
        "an old phone scrolls the bar away", SHEET, "  .bar { position: fixed; top: 0; left: 0; right: 0; }\n", "", OLD
    ),
    _guard("an old phone has two buttons in one", SHEET, "@supports not (inset: 0) {", "@supports (inset: 0) {", OLD),
    _guard(
        "an old phone hides what is wrong",
        SCRIPT,
        "if (over > 0) { window.scrollBy(0, -over); }",
        "",
        "test_old_browser.py::test_what_is_wrong_is_seen_whole_below_the_bar",
    ),
)
