"""The menu in its groups: by pointer, by keyboard, without scripts, narrow and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import no_holes, picture

OPEN = ".grouped details[open]"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width, most", [(1280, 56), (800, 100), (400, 144)])
def test_groups(laboratory, page_in, language, width, most):
    page = page_in(language, viewport={"width": width, "height": 900})
    laboratory.sign_in(page, "wang.fang")
    page.goto(laboratory.address + "/runs")
    assert page.locator("header.top").bounding_box()["height"] <= most
    groups = page.locator(".grouped summary")
    assert groups.count() == 3
    assert page.locator(".grouped summary[aria-current]").count() == 1
    groups.nth(0).click()
    groups.nth(1).click()
    assert page.locator(OPEN).count() == 1
    no_holes(page)
    assert page.locator(OPEN + " [aria-current=page]").is_visible()
    picture(page, f"menu-{language}-{width}")
    # The header alone: an open group covers what stands below it until it is closed.
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    axe = Axe().run(page, context="header.top", options=rules)
    assert axe.response["violations"] == []
    page.mouse.click(width / 2, 850)
    assert page.locator(OPEN).count() == 0


def test_keyboard(laboratory, page_in):
    page = page_in()
    laboratory.sign_in(page, "wang.fang")
    page.goto(laboratory.address + "/reception")
    page.locator(".grouped summary").nth(0).focus()
    page.keyboard.press("Enter")
    assert page.locator(OPEN).count() == 1
    page.keyboard.press("Escape")
    assert page.locator(OPEN).count() == 0
    assert page.evaluate("document.activeElement.matches('.grouped summary')")
    page.keyboard.press("Space")
    for _ in range(page.locator(OPEN + " a").count()):
        page.keyboard.press("Tab")
        assert page.locator(OPEN).count() == 1
    page.keyboard.press("Tab")
    page.wait_for_selector(OPEN, state="hidden")


def test_without_scripts(laboratory, page_in):
    page = page_in(java_script_enabled=False)
    laboratory.sign_in(page, "wang.fang")
    page.goto(laboratory.address + "/board")
    page.locator(".grouped summary").nth(0).click()
    page.locator(".grouped summary").nth(2).click()
    page.wait_for_selector(OPEN + " a[href='/release']")
    assert page.locator(OPEN).count() == 1
    page.click(OPEN + " a[href='/release']")
    page.wait_for_url("**/release")
