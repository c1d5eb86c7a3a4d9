"""What goes wrong at a sampling desk between people: a scan in the wrong field, a mistake further
back, an empty tube, somebody whom another desk has swabbed."""

import pytest
from conftest import no_holes, picture, until
from test_desk import card, ready, scan, sent, tube


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_typed_at_a_desk_is_kept_apart_from_what_is_scanned(
        laboratory, page_in, language):
    page = page_in(language)
    laboratory.sign_in(page, "li.na")
    page.goto(laboratory.address + "/desk")
    ready(page)
    number = {"en": 8000, "zh": 8100}[language]
    code = tube({"en": 94_000_000, "zh": 94_100_000}[language])
    page.fill("#unit", "")
    page.focus("#scan")
    # Nobody has named the unit: the next scan slides into its field and is taken out again.
    scan(page, f"王芳,{card(number)}")
    until(page, "document.activeElement.id === 'unit'")
    for slip in (card(number), code):
        scan(page, slip)
        until(page, "document.getElementById('band').classList.contains('bad')")
        assert page.input_value("#unit") == ""
        assert card(number) not in page.inner_text("body")
    picture(page, f"desk-slip-{language}")
    # Enter goes back to the scans, and whoever waited is not scanned again.
    scan(page, "School 9")
    until(page, "document.activeElement.id === 'scan'")
    until(page, "document.querySelectorAll('#people li').length === 1")
    scan(page, code)
    until(page, "/^1[ /]/.test(document.getElementById('tube-count').textContent)")
    # Sex and day of birth are the number's own.
    scan(page, card(number + 1))
    until(page, "document.activeElement.id === 'person-name'")
    assert page.input_value("#person-born").replace("-", "") == card(number + 1)[6:14]
    assert page.input_value("#person-sex") == (
        "male" if int(card(number + 1)[16]) % 2 else "female")
    page.keyboard.insert_text("李娜")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#people li').length === 2")
    # Somebody further back is taken back by themselves.
    page.locator("#people li button").first.click()
    until(page, "document.querySelectorAll('#people li').length === 1")
    assert "李娜" in page.inner_text("#people")
    until(page, "/1/.test(document.getElementById('day').textContent)")
    picture(page, f"desk-day-{language}")
    page.keyboard.press("F2")
    until(page, "document.querySelectorAll('#people li').length === 0")
    # The tube is empty: it is put away, and another may be scanned.
    page.click("#put-away")
    until(page, "document.getElementById('put-away').hidden")
    sent(page)
    no_holes(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_another_desk_swabbed_is_asked_about_by_name(laboratory, page_in, language):
    one, two = page_in(language), page_in(language)
    number = {"en": 8200, "zh": 8300}[language]
    base = {"en": 95_000_000, "zh": 95_100_000}[language]
    for page, who, code in [(one, "li.na", base), (two, "wang.fang", base + 1)]:
        laboratory.sign_in(page, who)
        page.goto(laboratory.address + "/desk")
        ready(page)
        page.fill("#unit", "School 9")
        page.focus("#scan")
        scan(page, tube(code))
        scan(page, f"王建国 {card(number)}")
        until(page, "document.querySelectorAll('#people li').length === 1")
        sent(page)
    until(two, "!document.getElementById('again').hidden")
    assert two.evaluate("document.getElementById('band').classList.contains('again')")
    assert "王建国" in two.inner_text("#band") and card(number)[-4:] in two.inner_text("#band")
    assert tube(base) in two.inner_text("#band")
    picture(two, f"desk-elsewhere-{language}")
    no_holes(two)
    two.click("#again-undo")
    until(two, "document.querySelectorAll('#people li').length === 0")
    # Swabbed again on purpose: asked once, then kept.
    scan(two, f"王建国 {card(number)}")
    until(two, "document.querySelectorAll('#people li').length === 1")
    sent(two)
    until(two, "!document.getElementById('again').hidden")
    two.click("#again-keep")
    until(two, "document.getElementById('again').hidden")
    assert two.locator("#people li").count() == 1
    for page in (one, two):
        page.click("#close")
        page.click("[data-reason=nobody-waits]")
        sent(page)
