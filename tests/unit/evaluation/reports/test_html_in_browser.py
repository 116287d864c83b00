"""The report page in a real browser, where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmbot.evaluation.bootstrap import Plan
from pmbot.evaluation.reports.html import html_page
from tests.chromium import BROWSER, Page, chromium
from tests.fakes_report import HOSTILE, make_report

pytestmark = pytest.mark.skipif(BROWSER is None or shutil.which("bash") is None, reason="there is no chromium here")
SHOWN = "[...document.querySelectorAll('.case')].filter(e => e.getClientRects().length).length"
FOCUSED = "document.activeElement.closest('details')?.id || document.activeElement.id || document.activeElement.tagName"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html_page(*make_report(f"{HOSTILE} {'x' * 300}", copies=2), Plan(samples=20)), encoding="utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_and_nothing_complains(browser: Page, report: Path, width: int, dark: bool) -> None:
    browser.open(report, width, dark=dark)
    browser.value("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.told("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded") == []
    assert {request["request"]["url"] for request in browser.told("Network.requestWillBeSent")} == {report.as_uri()}
    ground = browser.value("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(18, 23, 29)" if dark else "rgb(245, 247, 249)")


def test_the_policy_stops_what_is_smuggled_in(browser: Page, report: Path) -> None:
    browser.open(report, 1280)
    smuggle = """new Promise(done => {
        const stopped = []
        document.addEventListener('securitypolicyviolation', event => {
            stopped.push(event.effectiveDirective); if (stopped.length == 3) done([stopped.sort().join(' '), String(window.hit)]) })
        const add = (name, fill) => { const made = document.createElement(name); fill(made); document.body.append(made) }
        add('script', made => { made.textContent = 'window.hit = 1' })
        add('img', made => { made.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' })
        add('style', made => { made.textContent = 'body { display: none }' }) })"""
    assert browser.value(smuggle) == ["img-src script-src-elem style-src-elem", "undefined"]
    assert browser.value("getComputedStyle(document.body).display") == "block"


def test_filters_work_by_keyboard(browser: Page, report: Path) -> None:
    browser.open(report, 1280)
    assert browser.value(SHOWN) == 10
    browser.value("document.getElementById('o-all').focus()")
    browser.press("ArrowRight")
    assert browser.value(FOCUSED) == "o-failed"
    assert browser.value(SHOWN) == 2
    browser.press("Tab")
    assert browser.value(FOCUSED) == "t-all"
    browser.press("ArrowRight")
    assert browser.value("document.activeElement.checked") is True
    assert browser.value("getComputedStyle(document.querySelector('.none')).display") in {"none", "block"}
    shown = browser.value(SHOWN)
    tag = browser.value("document.activeElement.id")
    assert shown == browser.value(f"document.querySelectorAll('.case.failed.{tag}').length")
    assert (browser.value("getComputedStyle(document.querySelector('.none')).display") == "block") is (shown == 0)


def test_the_keyboard_reaches_every_case_and_opens_it(browser: Page, report: Path) -> None:
    browser.open(report, 1280)
    reached = []
    for _ in range(80):
        browser.press("Tab")
        reached.append(browser.value(FOCUSED))
    assert reached[0] == "A"  # the link that skips to the cases
    assert [name for name in dict.fromkeys(reached) if name.startswith("case-")] == [f"case-{n}" for n in range(1, 11)]
    browser.value("document.querySelector('#case-9 > summary').focus()")
    assert browser.value("document.getElementById('case-9').open") is False
    browser.press("Enter")
    assert browser.value("document.getElementById('case-9').open") is True
    assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
