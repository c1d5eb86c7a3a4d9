"""An administrator's day and a sending unit's, from sign-in to sign-out, in both languages."""

import re

import pytest
from conftest import ROOT, no_holes, picture

LANGUAGES = ["en", "zh"]


def agree(page):
    """Says yes to what a dangerous button asks."""
    page.once("dialog", lambda dialog: dialog.accept())


@pytest.mark.parametrize("language", LANGUAGES)
def test_administrator(laboratory, page_in, language):
    page = page_in(language)
    laboratory.sign_in(page, "admin")
    # A unit without an account gets one: role and name stand there already.
    page.goto(laboratory.address + "/places")
    no_holes(page)
    page.click("tr:has-text('Changjiang Street Office') a")
    assert page.input_value("#place") == "Changjiang Street Office"
    assert page.input_value("#role") == "sending-unit"
    page.fill("#handle", f"changjiang-{language}")
    page.click("details[open] button.main")
    page.wait_for_selector(".flash.done")

    # A scanner gets a key, another one, and is retired.
    page.goto(laboratory.address + "/devices")
    if not page.locator("#handle").is_visible():
        page.click("main details summary")
    page.fill("#handle", f"gate-scanner-{language}")
    page.click("details[open] button.main")
    key = page.inner_text("output.secret")
    assert re.fullmatch("swk-[0-9a-f]{64}", key)
    no_holes(page)
    picture(page, f"device-key-{language}")
    page.click("a.button.main")
    assert key not in page.content()
    row = f"tr:has-text('gate-scanner-{language}')"
    agree(page)
    page.click(f"{row} form[action='/devices/keys'] button")
    assert page.inner_text("output.secret") != key
    page.click("a.button.main")
    agree(page)
    page.click(f"{row} button.danger")
    page.wait_for_selector(f"{row}.retired")

    # A receiver is checked with a fault, mended, checked again and adopted.
    name = f"county-cdc-{language}"
    sound = (ROOT / "Sources/LabProgramme/Rules/receiver.yaml").read_text().replace(
        "name: city-cdc", f"name: {name}")
    page.goto(laboratory.address + "/receivers")
    page.click("a.button")
    page.fill("#receiver", sound.replace("encoding: er7", "encoding: morse"))
    page.click("button[value=check]")
    page.wait_for_selector(".flash.refused")
    assert "encoding: morse" in page.input_value("#receiver")
    assert page.locator("p.place").count() == 1
    no_holes(page)
    picture(page, f"receiver-faulty-{language}")
    page.fill("#receiver", sound)
    page.click("button[value=check]")
    page.wait_for_selector(".flash.done")
    no_holes(page)
    picture(page, f"receiver-checked-{language}")
    agree(page)
    page.click("button[value=adopt]")
    page.wait_for_selector(f"tr:has-text('{name}')")
    page.click(f"tr:has-text('{name}') a")
    agree(page)
    page.click("button.danger")
    page.wait_for_selector(f"tr.retired:has-text('{name}')")

    # The laboratory's telephone changes; nothing else does.
    page.goto(laboratory.address + "/laboratory/settings")
    text = page.input_value("#settings")
    number = {"en": "0798-1111111", "zh": "0798-2222222"}[language]
    changed = re.sub(r'telephone: *"?[0-9-]+"?', f'telephone: "{number}"', text)
    assert changed != text
    page.fill("#settings", changed)
    page.click("button[value=check]")
    page.wait_for_selector("table.changes")
    assert page.locator("table.changes tbody tr").count() == 2
    picture(page, f"settings-checked-{language}")
    agree(page)
    page.click("button[value=adopt]")
    page.wait_for_selector(".flash.done")
    assert number in page.inner_text("main")
    page.click(".me form button")
    page.wait_for_url("**/sign-in*")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sending_unit(laboratory, page_in, language):
    page = page_in(language)
    laboratory.sign_in(page, "fu.liang")
    assert page.url.endswith("/results")
    no_holes(page)
    picture(page, f"unit-results-{language}")
    # The file of a day, of one's own unit; the same on paper.
    page.fill("#day", "2021-08-03")
    with page.expect_download() as download:
        page.click("form.files button >> nth=0")
    assert download.value.suggested_filename == "results-2021-08-03.csv"
    lines = open(download.value.path(), encoding="utf-8-sig").read().splitlines()
    assert len(lines) > 100
    page.click("form.files button >> nth=1")
    page.wait_for_selector("article.feedback")
    assert page.locator("tbody tr").count() == len(lines) - 1
    assert "Fuliang County Hospital" in page.inner_text("article")
    page.goto(laboratory.address + "/results")
    page.click("td.papers form button >> nth=0")
    page.wait_for_selector("article.certificate, .certificate")
    picture(page, f"unit-certificate-{language}")
    # Whatever unit the address names, it is their own that they get.
    answer = page.goto(laboratory.address + "/feedback?unit=Zhushan%20Street%20Office")
    assert answer.status == 404
