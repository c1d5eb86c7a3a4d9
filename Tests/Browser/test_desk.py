"""The sampling desk in a real browser: a thousand people while the network comes and goes, the
browser is closed and the device's clock is wrong; a shift as a collector works it, in both
languages."""

import csv
import io
import json
import random
import re
import sqlite3
import time

import pytest
from conftest import CHROMIUM, no_holes, picture, until
from cuttable import CuttableNetwork

SEED = 1107
#: How far the device's clock is ahead, in milliseconds.
AHEAD = 600_000
CLOCK = f"""(() => {{
    const real = Date, now = real.now.bind(real);
    window.Date = class extends real {{
        constructor(...given) {{ super(...(given.length ? given : [now() + {AHEAD}])); }}
        static now() {{ return now() + {AHEAD}; }}
    }};
}})()"""


#: The page stands at a full tube with this code: everything before it is kept.
WHOLE = """(code) => document.getElementById('tube-code').textContent === code
    && document.getElementById('tube-count').textContent.startsWith('10 ')"""


def check_character(body):
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    state = 36
    for one in body:
        total = (state + alphabet.index(one)) % 36
        state = (total or 36) * 2 % 37
    return alphabet[(37 - state) % 36]


def tube(number):
    body = f"SWT{number:08d}"
    return body + check_character(body)


def card(number):
    born = f"19{60 + number % 40:02d}0{1 + number % 9}1{number % 9}"
    body = f"{601000 + number // 900 % 900:06d}{born}{number % 900:03d}"
    total = sum(int(one) * 2 ** (17 - place) for place, one in enumerate(body))
    return body + "10X98765432"[total % 11]


def rows(database, sql, arguments=()):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute(sql, arguments).fetchall()


def roster(people, group="Class 1"):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "document_number", "unit", "telephone"])
    for number, one in enumerate(people):
        writer.writerow([f"Person {number}", one, group, f"1020000{number:04d}"])
    return text.getvalue().encode()


def scan(page, code):
    page.keyboard.insert_text(code)
    page.keyboard.press("Enter")


def ready(page):
    until(page, "document.documentElement.dataset.desk === 'ready'")
    until(page, "document.activeElement.id === 'scan'")


def sent(page, seconds=60):
    until(page, """(() => { const line = document.getElementById('connection');
        return line.dataset.waiting === '0' && line.dataset.trouble === ''; })()""",
          seconds=seconds)


class Tablet:
    """A browser with a profile of its own on disk, so that it can be closed and opened."""

    def __init__(self, playwright, folder, network, language="en"):
        self.playwright, self.folder, self.network = playwright, folder, network
        self.language = language
        self.troubles = []
        self.start()

    def start(self):
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            locale={"en": "en-GB", "zh": "zh-CN"}[self.language],
            viewport={"width": 1280, "height": 900})
        self.context.add_init_script(CLOCK)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def close(self):
        self.context.close()


@pytest.fixture
def tablet(chromium, laboratory, tmp_path):
    # The browser's own Playwright: two of them cannot run in one thread.
    network = CuttableNetwork(laboratory.port, SEED)
    playwright = chromium.browser_type
    made = Tablet(type("Driver", (), {"chromium": playwright}), tmp_path / "profile", network)
    yield made
    made.close()
    network.close()


def test_a_thousand_people_while_the_network_comes_and_goes(laboratory, tablet):
    chance = random.Random(SEED)
    page, network = tablet.page, tablet.network
    address, laboratory.address = laboratory.address, network.address
    try:
        laboratory.sign_in(page, "li.na")
        people = [card(number) for number in range(1000)]
        page.goto(network.address + "/desk")
        ready(page)
        until(page, "document.documentElement.dataset.offline === 'ready'")
        page.fill("#unit", "School 1")
        page.fill("#site", "Gate 1")
        page.select_option("#ratio", "10")
        page.evaluate("document.getElementById('roster-file').closest('details').open = true")
        page.set_input_files("#roster-file", {
            "name": "class.csv", "mimeType": "text/csv", "buffer": roster(people)})
        until(page, "!document.getElementById('roster-part').hidden")
        page.focus("#scan")
        began = time.time()
        first = rows(laboratory.database, "SELECT coalesce(max(number), 0) FROM fact")[0][0]
        for number in range(100):
            group = people[number * 10:number * 10 + 10]
            code = tube(90_000_000 + number)
            # A third of the tubes are scanned after their first person.
            order = [group[0], code, *group[1:]] if number % 3 == 0 else [code, *group]
            for one in order:
                scan(page, one)
            if number == 50:
                # The browser is closed while half of it waits, and opened without a network.
                network.cut()
                until(page, WHOLE, code, seconds=150)
                print(f"500 people kept after {time.time() - began:.1f} s")
                tablet.close()
                tablet.start()
                page = tablet.page
                page.goto(network.address + "/desk")
                ready(page)
                assert page.inner_text("#tube-code") == code
            if number == 60:
                # The session ended with the browser: somebody signs in again, and all is there.
                until(page, WHOLE, code, seconds=150)
                page.click("#close")
                until(page, "document.querySelectorAll('#people li').length === 0")
                network.mend()
                until(page, "!document.getElementById('sign-in-again').hidden")
                laboratory.sign_in(page, "li.na")
                page.goto(network.address + "/desk")
                ready(page)
            if 50 <= number < 60:
                continue
            weather = chance.random()
            if weather < 0.15:
                network.cut()
            elif weather < 0.45:
                network.mend()
            if weather > 0.8:
                network.lose_answer()
        print(f"typed after {time.time() - began:.1f} s")
        until(page, WHOLE, tube(90_000_099), seconds=150)
        page.click("#close")
        network.mend()
        typed = time.time() - began
        sent(page, seconds=180)
        took = time.time() - began
    finally:
        laboratory.address = address
    picture(page, "desk-after-a-thousand")
    stored = rows(
        laboratory.database,
        """SELECT p.sequence, p.at, p.device, d.tube, d.state FROM deskPerson p
           JOIN deskTube d ON d.id = p.deskTube WHERE p.isUndone = 0 AND d.unit = 'School 1'
           ORDER BY p.sequence""")
    specimens = rows(
        laboratory.database,
        """SELECT s.tube, count(*), count(DISTINCT s.person) FROM specimen s
           JOIN tube t ON t.barcode = s.tube WHERE t.unit = 'School 1'
           GROUP BY s.tube ORDER BY s.tube""")
    print(f"seed {SEED}: {typed:.1f} s to scan, {took:.1f} s until all was stored; "
          f"{network.cuts} cuts, {network.lost_answers} answers lost")
    # All there, none twice, in the tubes and the order in which they were swabbed.
    assert len(stored) == 1000
    assert specimens == [(tube(90_000_000 + number), 10, 10) for number in range(100)]
    assert [row[3] for row in stored] == [
        tube(90_000_000 + number // 10) for number in range(1000)]
    assert {row[4] for row in stored} == {"registered"}
    distinct = rows(
        laboratory.database,
        """SELECT count(DISTINCT s.person) FROM specimen s JOIN tube t ON t.barcode = s.tube
           WHERE t.unit = 'School 1'""")
    assert distinct == [(1000,)]
    # Times are the laboratory's, in order, and every one that was put right says so.
    times = [row[1] for row in stored]
    assert times == sorted(times)
    assert all(began * 1000 - 2000 <= at <= time.time() * 1000 for at in times)
    assert all(row[2] is not None and abs(row[2] - row[1] - AHEAD) < 60_000 for row in stored)
    assert network.cuts > 5 and network.lost_answers > 0
    facts = rows(
        laboratory.database,
        "SELECT kind, count(*) FROM fact WHERE number > ? GROUP BY kind", (first,))
    assert dict(facts)["desk-person-bound"] == 1000
    assert dict(facts)["desk-tube-closed"] == 100
    assert json.loads(laboratory.run("audit", "--format", "json", who="wang.fang"))
    # Nothing that names anybody is left in what was sent.
    left = page.evaluate("""async () => {
        const database = await new Promise((done) => {
            const asked = indexedDB.open('swabline-desk', 1);
            asked.onsuccess = () => done(asked.result);
        });
        return new Promise((done) => {
            const asked = database.transaction('entries').objectStore('entries').count();
            asked.onsuccess = () => done(asked.result);
        });
    }""")
    assert left == 0
    assert tablet.troubles == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_shift(laboratory, page_in, language):
    page = page_in(language)
    laboratory.sign_in(page, "li.na")
    page.goto(laboratory.address + "/desk")
    ready(page)
    no_holes(page)
    base = {"en": 91_000_000, "zh": 92_000_000}[language]
    number = {"en": 5000, "zh": 6000}[language]
    page.fill("#unit", "School 2")
    page.select_option("#ratio", "5")
    page.focus("#scan")
    # A card reader that tells name and number; the same card again; a card misread.
    scan(page, f"王芳,{card(number)}")
    until(page, "document.querySelectorAll('#people li').length === 1")
    scan(page, tube(base))
    until(page, "/^1[ /]/.test(document.getElementById('tube-count').textContent)")
    scan(page, f"{card(number)}")
    until(page, "document.getElementById('band').classList.contains('again')")
    scan(page, card(number + 1)[:-1] + ("0" if card(number + 1)[-1] != "0" else "1"))
    until(page, "document.getElementById('band').classList.contains('bad')")
    # A card alone: the name is typed.
    scan(page, card(number + 1))
    until(page, "document.activeElement.id === 'person-name'")
    page.keyboard.insert_text("李娜")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#people li').length === 2")
    # A slip is taken back.
    scan(page, f"赵敏 {card(number + 2)}")
    until(page, "document.querySelectorAll('#people li').length === 3")
    page.keyboard.press("F2")
    until(page, "document.querySelectorAll('#people li').length === 2")
    picture(page, f"desk-{language}")
    # The next tube before this one is full needs a reason.
    scan(page, tube(base + 1))
    page.wait_for_selector("#reasons:not([hidden])")
    picture(page, f"desk-early-{language}")
    page.click("[data-reason=group-ends]")
    until(page, f"document.getElementById('tube-code').textContent === '{tube(base + 1)}'")
    scan(page, f"赵敏 {card(number + 2)}")
    until(page, "document.querySelectorAll('#people li').length === 1")
    # Somebody of the first tube comes once more: it is asked about.
    scan(page, f"王芳,{card(number)}")
    until(page, "!document.getElementById('sure').hidden")
    page.click("#close")
    page.click("[data-reason=nobody-waits]")
    until(page, "document.querySelectorAll('#people li').length === 0")
    sent(page)
    stored = rows(
        laboratory.database,
        "SELECT tube, count(*) FROM specimen WHERE tube IN (?, ?) GROUP BY tube",
        (tube(base), tube(base + 1)))
    assert stored == [(tube(base), 2), (tube(base + 1), 1)]
    no_holes(page)
    # A session that has ended loses nothing.
    page.context.clear_cookies()
    scan(page, tube(base + 2))
    scan(page, f"钱伟 {card(number + 3)}")
    until(page, "!document.getElementById('sign-in-again').hidden")
    picture(page, f"desk-signed-out-{language}")
    no_holes(page)
    page.click("#sign-in-again a")
    page.fill("#handle", "wang.fang")
    page.fill("#password", laboratory.once["wang.fang"]
              if "wang.fang" not in laboratory.changed else "swab pool plate run")
    page.click("button.main")
    if "wang.fang" not in laboratory.changed:
        page.wait_for_url("**/password")
        page.fill("#old", laboratory.once["wang.fang"])
        page.fill("#new", "swab pool plate run")
        page.fill("#again", "swab pool plate run")
        page.click("button.main")
        laboratory.changed.add("wang.fang")
        page.wait_for_selector(".flash.done")
        page.goto(laboratory.address + "/desk")
    page.wait_for_url(re.compile("/desk$"))
    ready(page)
    assert page.inner_text("#tube-code") == tube(base + 2)
    sent(page)
    page.click("#close")
    page.click("[data-reason=end-of-shift]")
    sent(page)
    kept = rows(
        laboratory.database,
        "SELECT DISTINCT p.by, f.actor FROM deskPerson p JOIN deskTube d ON d.id = p.deskTube "
        "JOIN fact f ON f.kind = 'desk-person-bound' AND f.subject = d.tube WHERE d.tube = ?",
        (tube(base + 2),))
    assert kept == [("li.na", "wang.fang")]
    # What tells whoever comes twice is given up knowingly.
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.click("#clear")
    time.sleep(0.3)
    assert not page.evaluate("document.getElementById('band').classList.contains('undone')")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#clear")
    until(page, "document.getElementById('band').classList.contains('undone')")


def test_a_tube_that_two_desks_fill_is_settled_by_a_person(laboratory, page_in):
    one, two = page_in("en"), page_in("zh")
    code = tube(93_000_000)
    for page, who, number in [(one, "li.na", 7000), (two, "wang.fang", 7001)]:
        laboratory.sign_in(page, who)
        page.goto(laboratory.address + "/desk")
        ready(page)
        page.fill("#unit", "School 3")
        page.focus("#scan")
        scan(page, code)
        scan(page, f"甲乙 {card(number)}")
        until(page, "document.querySelectorAll('#people li').length === 1")
        sent(page)
    assert two.locator("#told li").count() == 1
    for page in (one, two):
        page.click("#close")
        page.click("[data-reason=nobody-waits]")
        sent(page)
    one.goto(laboratory.address + "/desk/tubes")
    assert one.locator("section.settle").count() == 2
    no_holes(one)
    picture(one, "desk-tubes-en")
    one.locator("section.settle").last.locator("button[value=merge]").click()
    one.wait_for_selector(".flash.done")
    one.locator("section.settle").first.locator("button[value=register]").click()
    one.wait_for_selector(".flash.done")
    two.goto(laboratory.address + "/desk/tubes")
    assert two.locator("section.settle").count() == 0
    assert rows(laboratory.database, "SELECT count(*) FROM specimen WHERE tube = ?", (code,)) == [
        (2,)]
