"""A planner's day in a real browser: make a scenario, find the bottleneck, get a feasible plan,
compare, hand over. In both languages, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import no_holes, picture, until

LOOKS = {
    "en": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "zh": {"color_scheme": "dark", "viewport": {"width": 400, "height": 800}},
}
PLACE = {"en": "Fuliang", "zh": "浮梁"}


@pytest.fixture(scope="module", params=LOOKS)
def planner(request, laboratory, chromium):
    context = chromium.new_context(
        locale={"en": "en-GB", "zh": "zh-CN"}[request.param], accept_downloads=True,
        **LOOKS[request.param])
    page = context.new_page()
    laboratory.sign_in(page, "wang.fang")
    yield request.param, page
    context.close()


def looked_at(page, name, language):
    """No text is missing, nothing is unreachable, and a picture is kept."""
    no_holes(page)
    picture(page, f"planner-{name}-{language}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    serious = [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]][:3])
        for violation in found.response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_day(planner, laboratory):
    language, page = planner
    address = laboratory.address

    # Make a scenario of a place by the guideline.
    page.goto(address + "/planner")
    looked_at(page, "start", language)
    page.fill("#place", PLACE[language])
    page.click("form[action='/planner/new'] button.main")
    page.wait_for_url("**/planner/scenarios/SC*")
    scenario = page.url
    looked_at(page, "scenario", language)

    # The form shows the file and its faults while one types.
    page.fill("[name='goal.window']", "never")
    page.wait_for_selector("#faults .flash")
    assert page.locator("[name='goal.window'][aria-invalid=true]").count() == 1
    page.fill("[name='goal.window']", "11")
    until(page, "() => document.getElementById('yaml').value.includes('window: 11 hours')")
    assert page.locator("#faults .flash").count() == 0
    page.click("#scenario-form button.main")
    page.wait_for_selector(".flash.done")

    # A faulty file is shown again with its places, and what was typed.
    text = page.input_value("#yaml")
    page.fill("#yaml", text.replace("window: 11 hours", "window: 11"))
    page.click("#scenario-yaml button.main")
    page.wait_for_selector("#faults .flash")
    assert page.input_value("#yaml").count("window: 11\n") == 1
    page.goto(scenario)

    # Find the bottleneck.
    page.fill("#runs", "4")
    page.fill("#bottleneckRuns", "2")
    page.click("form:has(input[value=simulate]) button.main")
    page.wait_for_url("**/planner/jobs/JB*")
    page.wait_for_selector("#bottleneck .answer", timeout=120_000)
    assert page.locator(".study svg").count() > 6
    looked_at(page, "study", language)
    with page.expect_download() as download:
        page.click("a[href$='result.csv']")
    assert "hours_to_99_resulted" in open(download.value.path(), encoding="utf-8-sig").read()

    # A feasible plan, kept as a scenario.
    page.goto(scenario)
    page.fill("#seconds", "10")
    page.click("form:has(input[value=plan]) button.main")
    page.wait_for_selector("#answer .answer", timeout=180_000)
    looked_at(page, "plan", language)
    page.fill("#name", f"plan-{language}")
    page.click("form[action$='/keep'] button.main")
    page.wait_for_url("**/planner/scenarios/SC*")

    # Hand over: the desk offers the sites.
    page.fill("#firstTube", "1")
    page.click("form[action$='/hand-over'] button")
    page.wait_for_url("**/planner/campaigns/CA*")
    site = page.locator("tbody th").first.inner_text()
    looked_at(page, "campaign", language)
    page.goto(address + "/desk")
    assert page.locator("#sites option").evaluate_all(
        "(all, site) => all.some(one => one.value === site)", site)

    # Which differences are real.
    page.goto(address + "/planner")
    boxes = page.locator("form[action='/planner/jobs'] input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.fill("form[action='/planner/jobs'] #runs", "3")
    page.click("form[action='/planner/jobs'] > .row button")
    page.wait_for_selector("#measures table", timeout=120_000)
    looked_at(page, "comparison", language)


def test_restart(planner, laboratory):
    """A job goes on after the server was killed, and can be cancelled."""
    language, page = planner
    page.goto(laboratory.address + "/planner/scenarios/guizhou")
    page.fill("#runs", "30")
    page.click("form:has(input[value=simulate]) button.main")
    page.wait_for_url("**/planner/jobs/JB*")
    looked_at(page, "running", language)
    until(page, "() => document.getElementById('job-share').value > 0", seconds=120)
    laboratory.stop(kill=True)
    laboratory.start()
    page.reload()
    assert page.locator("#job-open").count() == 1
    page.click("form[action$='/cancel'] button")
    page.wait_for_selector("#job-state:not(.accent)", timeout=90_000)
