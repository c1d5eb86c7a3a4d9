"""A laboratory with its server and a real browser, for the tests of this folder."""

import csv
import io
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SWABLINE_PROGRAM", str(ROOT / ".build/debug/swabline"))
SCREENS = pathlib.Path(os.environ.get("SWABLINE_SCREENS", ROOT / ".build-browser/screens"))
PASSWORD = "swab pool plate run"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Laboratory:
    """The demo's laboratory in the middle of a working day, and its server."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = self.folder / "laboratory.sqlite"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = self.folder.with_suffix(".log")
        self.server = None
        receiver = ROOT / "Sources/LabProgramme/Rules/receiver.yaml"
        self.start([
            "demo", "--directory", str(folder), "--receiver", str(receiver), "--serve",
            "--port", str(self.port)])
        pattern = re.compile(r"^(\S+) +\S+ +(\w{4}-\w{4}-\w{4})$", re.M)
        self.once = dict(pattern.findall(self.log.read_text()))
        self.changed = set()

    def start(self, arguments=None):
        arguments = arguments or [
            "serve", "--database", str(self.database), "--port", str(self.port)]
        with open(self.log, "a") as log:
            self.server = subprocess.Popen(
                [PROGRAM, *arguments], stdout=log, stderr=subprocess.STDOUT)
        deadline = time.time() + 120
        while time.time() < deadline:
            if self.server.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log.read_text()[-2000:]}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start in time")

    def stop(self, kill=False):
        if self.server.poll() is None:
            self.server.kill() if kill else self.server.terminate()
            self.server.wait(timeout=30)

    def run(self, *arguments, who="li.na"):
        """A command of the shell on the same database."""
        done = subprocess.run(
            [PROGRAM, *arguments], capture_output=True, text=True,
            env={**os.environ, "SWABLINE_DATABASE": str(self.database), "SWABLINE_AS": who})
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run_of(self, plate):
        """The file of an instrument that found nobody positive."""
        sheet = json.loads(self.run("plate", "worklist", plate, "--format", "json"))
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["plate", "well", "target", "cq"])
        signals = {"weak-positive": [30, 30, 25], "kit-positive": [26, 25, 25]}
        for well in sheet["wells"]:
            for channel, cq in zip(sheet["channels"], signals.get(well["content"], ["", "", 25])):
                writer.writerow([plate, well["well"], channel, cq or "Undetermined"])
        return text.getvalue().encode()

    def sign_in(self, page, who):
        """Signs somebody in, with the one-time password at first."""
        page.goto(self.address + "/sign-in")
        page.fill("#handle", who)
        page.fill("#password", PASSWORD if who in self.changed else self.once[who])
        page.click("button.main")
        if who not in self.changed:
            page.wait_for_url("**/password")
            page.fill("#old", self.once[who])
            page.fill("#new", PASSWORD)
            page.fill("#again", PASSWORD)
            page.click("button.main")
            self.changed.add(who)
        page.wait_for_selector(".who")


@pytest.fixture(scope="session")
def laboratory():
    with tempfile.TemporaryDirectory() as folder:
        made = Laboratory(pathlib.Path(folder) / "laboratory")
        yield made
        made.stop()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def page_in(chromium):
    """A page in a language, which complains of every error of its scripts."""
    contexts = []
    troubles = []

    def open_page(language="en", **options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(
            locale={"en": "en-GB", "zh": "zh-CN"}[language], **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text)
                if message.type == "error" and "Failed to load resource" not in message.text
                else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def picture(page, name):
    """Keeps how a page looks; the folder of pictures is looked at by people."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


def until(page, condition, argument=None, seconds=30):
    """Waits until a condition holds; Playwright's own waiting evaluates text inside the page, which
    our content-security policy forbids, as it should."""
    deadline = time.time() + seconds
    while not page.evaluate(condition, argument):
        assert time.time() < deadline, f"not within {seconds} s: {condition}"
        time.sleep(0.02)


def no_holes(page):
    """Every page is wholly worded, and nothing of it is wider than the window."""
    text = page.inner_text("body")
    assert "⟦" not in text and "[[" not in text
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
