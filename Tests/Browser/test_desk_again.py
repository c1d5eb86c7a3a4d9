"""A sealed tube that is opened again, and other addresses while there is no network."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import no_holes, picture, until
from cuttable import CuttableNetwork
from test_desk import card, ready, rows, scan, sent, tube

INSIDE = "SELECT count(*) FROM specimen WHERE tube = ?"
PEOPLE = "(n) => document.querySelectorAll('#people li').length === n"


@pytest.fixture
def cut(laboratory):
    """The laboratory behind a network that can be cut."""
    network = CuttableNetwork(laboratory.port, 20261122)
    address, laboratory.address = laboratory.address, network.address
    yield network
    laboratory.address = address
    network.close()


def opened(laboratory, page, number):
    """A desk with two people in an open tube."""
    laboratory.sign_in(page, "li.na")
    page.goto(laboratory.address + "/desk")
    ready(page)
    until(page, "document.documentElement.dataset.offline === 'ready'")
    page.fill("#unit", "School 8")
    page.select_option("#ratio", "10")
    page.focus("#scan")
    scan(page, tube(number))
    for person in range(2):
        scan(page, f"王芳,{card(number + person)}")
    until(page, PEOPLE, 2)


def sealed(page):
    page.click("#close")
    page.click("[data-reason=nobody-waits]")
    until(page, "!document.getElementById('reopen').hidden")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sealed_tube_is_opened_again_without_a_network(laboratory, cut, page_in, language):
    page = page_in(language)
    number = {"en": 95_000_100, "zh": 95_000_200}[language]
    opened(laboratory, page, number)
    sealed(page)
    sent(page)
    assert rows(laboratory.database, INSIDE, [tube(number)]) == [(2,)]
    cut.cut()
    picture(page, f"desk-sealed-{language}")
    page.keyboard.press("F2")
    until(page, PEOPLE, 2)
    assert page.inner_text("#tube-code") == tube(number)
    scan(page, f"李娜,{card(number + 2)}")
    until(page, PEOPLE, 3)
    # Any other address has a word on what waits, and the way back.
    page.goto(laboratory.address + "/boxes")
    until(page, "/2/.test(document.getElementById('waits').textContent)")
    no_holes(page)
    axe = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert axe.response["violations"] == []
    picture(page, f"desk-offline-{language}")
    page.click("a[href='/desk']")
    ready(page)
    until(page, PEOPLE, 3)
    cut.mend()
    sealed(page)
    sent(page)
    assert rows(laboratory.database, INSIDE, [tube(number)]) == [(3,)]
    page.goto(laboratory.address + "/boxes")
    page.wait_for_selector(".who")
    assert page.locator("#waits").count() == 0


def test_a_tube_at_the_laboratory_stays_sealed(laboratory, page_in):
    page = page_in()
    number = 95_000_300
    opened(laboratory, page, number)
    sealed(page)
    sent(page)
    laboratory.run("tube", "receive", tube(number))
    page.click("#reopen")
    until(page, "document.getElementById('band').classList.contains('bad')")
    until(page, PEOPLE, 0)
    assert "stays closed" in page.inner_text("#band")
    assert rows(laboratory.database, INSIDE, [tube(number)]) == [(2,)]
    # The next tube begins as ever.
    scan(page, tube(number + 1))
    scan(page, f"李娜,{card(number + 5)}")
    until(page, PEOPLE, 1)
    page.keyboard.press("F2")
    until(page, PEOPLE, 0)
    page.click("#put-away")
    sent(page)
