"""A technician's day and a supervisor's, from sign-in to sign-out, in both languages."""

import re

import pytest
from conftest import PASSWORD, no_holes, picture, until

LANGUAGES = ["en", "zh"]


def scan(page, code):
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def stored(page):
    until(page, "document.getElementById('connection').dataset.waiting === '0'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_technician(laboratory, page_in, language):
    page = page_in(language)
    laboratory.sign_in(page, "li.na")
    assert page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-CN"}[language]
    box = {"en": "FLT-S1", "zh": "FLT-S2"}[language]
    if language == "zh":
        page.goto(laboratory.address + "/manifests")
        page.set_input_files("#file", laboratory.folder / "manifests/today-faulty.csv")
        page.click("button[value=check]")
        page.wait_for_selector("td.faulty")
        assert page.locator("td.faulty").count() == 2
        picture(page, f"manifests-faulty-{language}")
        page.set_input_files("#file", laboratory.folder / "manifests/today.csv")
        page.click("button[value=register]")
        page.wait_for_selector(".flash.done")
        no_holes(page)

    # The box is scanned, then its tubes; two of them are rejected, one of these by mistake.
    page.goto(laboratory.address + "/reception")
    until(page, "document.activeElement.id === 'scan'")
    scan(page, box)
    page.wait_for_selector("#missing li")
    codes = page.eval_on_selector_all("#missing li", "items => items.map(item => item.textContent)")
    for code in codes:
        scan(page, code)
    scan(page, "SWAB-REJECT-LEAKING")
    scan(page, "SWAB-UNDO")
    scan(page, codes[0])
    scan(page, "SWAB-REJECT-NO-SWAB")
    page.click("details.reject summary")
    scan(page, codes[1])
    page.click("[data-reject=leaking]")
    stored(page)
    picture(page, f"reception-{language}")
    no_holes(page)
    until(page, "document.querySelectorAll('#missing li').length === 0")
    # A wrong count is refused and stands there to be mended; the right one closes the box.
    page.fill("#counted", str(len(codes) - 1))
    page.press("#counted", "Enter")
    page.wait_for_selector(".flash.refused")
    assert page.url.endswith(f"/reception/{box}")
    assert page.input_value("#counted") == str(len(codes) - 1)
    page.goto(laboratory.address + "/boxes?unclosed=1")
    no_holes(page)
    page.click(f"tr:has-text('{box}') a")
    page.fill("#counted", str(len(codes)))
    page.press("#counted", "Enter")
    page.wait_for_selector(".flash.done")

    page.goto(laboratory.address + "/pools/plan")
    no_holes(page)
    picture(page, f"pools-plan-{language}")
    page.click("button[value=form]")
    page.wait_for_selector(".flash.done")
    picture(page, f"pools-{language}")

    page.goto(laboratory.address + "/plates/new")
    no_holes(page)
    picture(page, f"plates-new-{language}")
    page.click("main form[method=post] button.main")
    page.wait_for_url(re.compile(r"/plates/PL\w+$"))
    plate = page.url.split("/")[-1]
    picture(page, f"plate-{language}")
    no_holes(page)
    # The layout is undone and made again.
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("form[action$=abandon] button")
    page.wait_for_selector(".flash.done")
    page.goto(laboratory.address + "/plates/new")
    page.click("main form[method=post] button.main")
    page.wait_for_url(
        lambda address: re.search(r"/plates/PL\w+$", address) and plate not in address)
    plate = page.url.split("/")[-1]
    for paper in ["worklist", "labels"]:
        page.goto(f"{laboratory.address}/plates/{plate}/{paper}")
        picture(page, f"{paper}-{language}")

    page.goto(laboratory.address + "/runs")
    page.set_input_files("#file", {
        "name": "wrong.csv", "mimeType": "text/csv", "buffer": b"plate,well\nPLX,A1\n"})
    page.click("main form button.main")
    page.wait_for_selector(".flash.refused")
    no_holes(page)
    page.goto(laboratory.address + "/runs")
    page.set_input_files("#file", {
        "name": "run.csv", "mimeType": "text/csv", "buffer": laboratory.run_of(plate)})
    page.click("button[value=look]")
    # What would come of it is looked at, and the same file imported.
    page.wait_for_selector("input[name=held]", state="attached")
    no_holes(page)
    picture(page, f"run-trial-{language}")
    page.click("button[value=import]")
    page.wait_for_url(f"**/runs/{plate}")
    picture(page, f"run-{language}")
    no_holes(page)
    # Whoever imported a run does not review it.
    assert page.locator("form[action$=review]").count() == 0

    for path in ["/retests", "/retests?all=1", "/recollections", "/tasks", "/boxes?all=1"]:
        page.goto(laboratory.address + path)
        no_holes(page)
        picture(page, re.sub(r"\W+", "-", path).strip("-") + f"-{language}")
    page.click("form[action='/sign-out'] button")
    page.wait_for_url("**/sign-in")
    page.go_back()
    page.goto(laboratory.address + "/recollections")
    assert "/sign-in" in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_supervisor(laboratory, page_in, language):
    page = page_in(language, color_scheme={"en": "light", "zh": "dark"}[language])
    who = {"en": "wang.fang", "zh": "zhao.min"}[language]
    laboratory.sign_in(page, who)
    page.on("dialog", lambda dialog: dialog.accept())
    assert page.url.endswith("/board")
    no_holes(page)
    picture(page, f"board-{language}")
    # The cause of a breach is asked for, and given.
    asked = page.locator("form[action*=breach], form[action*=cause]")
    before = asked.count()
    assert before > 0
    page.locator("main details summary").first.click()
    asked.first.locator("select[name=cause]").select_option("queue-before-extraction")
    asked.first.locator("button").click()
    page.wait_for_selector(".flash.done")
    picture(page, f"board-cause-{language}")

    # A run is reviewed (the demo leaves one, each technician's day above one more), its negatives
    # are released in bulk.
    page.goto(laboratory.address + "/runs?tab=review")
    no_holes(page)
    page.locator("tbody th a").first.click()
    page.fill("#password", PASSWORD)
    page.click("form[action$=review] button.main")
    page.wait_for_selector(".flash.done")
    page.goto(laboratory.address + "/release")
    no_holes(page)
    picture(page, f"release-{language}")
    if page.locator("form[data-negatives] button.main").count():
        page.click("form[data-negatives] button.main")
        page.wait_for_selector(".flash.done")
    page.goto(laboratory.address + "/release?tab=delivery")
    no_holes(page)
    picture(page, f"release-delivery-{language}")

    # One barcode, its whole story.
    with_story = page.context.new_page()
    with_story.goto(laboratory.address + "/recollections")
    code = with_story.locator("td.code, td .code").first.inner_text()
    page.goto(laboratory.address + "/trace")
    page.fill("main input[name=code]", code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(code))
    no_holes(page)
    picture(page, f"trace-{language}")
    page.click("form[action='/sign-out'] button")
    page.wait_for_url("**/sign-in")
