"""Every page in a real browser: accessible, light, wholly worded, in both languages, light and
dark, wide and narrow. The pages are those of specs/permissions.md, so that none is forgotten."""

import json
import re
import time
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, no_holes, picture

#: Routes that answer with something other than a page.
NOT_PAGES = {
    "/health", "/language/:language", "/desk/hello", "/desk/worker.js",
    "/manifests/template.csv", "/reception/:box/tubes",
    "/plates/:plate/labels.zpl", "/plates/:plate/worklist.gwl",
    "/plates/:plate/worklist.hamilton.csv", "/board/rows", "/board/events", "/assets/:hash/:file",
    "/certificates/:certificate", "/check/:certificate", "/feedback.csv",
    "/planner/scenarios/:scenario/file", "/planner/jobs/:job/state",
    "/planner/jobs/:job/files/:file", "/planner/campaigns/:campaign/sites.csv",
}

#: Who opens what; the rest is opened by a supervisor, who may see most.
ADMINISTRATORS = {
    "/staff", "/places", "/devices", "/receivers", "/receivers/:receiver", "/new-receiver",
    "/laboratory", "/laboratory/settings", "/laboratory/programme",
}
STRANGERS = {"/sign-in", "/desk/offline"}

LOOKS = {
    "en": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "zh": {"color_scheme": "dark", "viewport": {"width": 400, "height": 800}},
}

HEAVIEST = 200_000


def routes():
    text = (ROOT / "specs/permissions.md").read_text()
    return [
        route for route in re.findall(r"^\| `GET (\S+)` \|", text, re.M)
        if route not in NOT_PAGES
    ]


@pytest.fixture(scope="module")
def filled(laboratory):
    """A real value for each placeholder of a route, of the demo's own laboratory."""
    def first(what, name):
        listed = laboratory.run(what, "list", "--all", "--format", "json")
        return json.loads(listed)[0][name]

    def planned():
        asked = laboratory.run(
            "job", "ask", "simulate", "diqing", "--runs", "1", "--bottleneck-runs", "0",
            who="wang.fang").strip()
        deadline = time.time() + 120
        while True:
            jobs = json.loads(laboratory.run("job", "list", "--format", "json", who="wang.fang"))
            if next(job for job in jobs if job["id"] == asked)["state"] == "done":
                break
            assert time.time() < deadline
            time.sleep(0.5)
        campaign = json.loads(laboratory.run(
            "campaign", "hand-over", "diqing", "--starts", "2026-12-01", "--first-tube", "1",
            "--format", "json", who="wang.fang"))
        return {":scenario": "jingdezhen", ":job": asked, ":campaign": campaign["campaign"]}

    pool = first("pool", "id")
    messages = json.loads(laboratory.run("report", "list", "--format", "json"))
    laboratory.run("device", "add", "scanner-1", who="admin")
    return planned() | {
        ":message": messages[0]["message"],
        ":plate": first("plate", "plate"), ":box": first("box", "box"), ":pool": pool,
        ":code": pool, ":receiver": "city-cdc", ":unit": quote(first("box", "unit")),
        ":kit": "first", ":name": "cdc-2019-ncov",
    }


def path_of(route, filled):
    route += "?unit=:unit&day=2021-08-03" if route == "/feedback" else ""
    return re.sub(r":\w+", lambda found: filled[found.group(0)], route)


def who_opens(route):
    if route in STRANGERS:
        return None
    return "admin" if route in ADMINISTRATORS else "wang.fang"


@pytest.fixture(scope="module", params=LOOKS)
def visitors(request, laboratory, chromium):
    """A page for each who opens something, signed in, and the language it is in."""
    pages = {}
    contexts = []
    for who in {who_opens(route) for route in routes()}:
        context = chromium.new_context(
            locale={"en": "en-GB", "zh": "zh-CN"}[request.param], **LOOKS[request.param])
        contexts.append(context)
        pages[who] = context.new_page()
        if who:
            laboratory.sign_in(pages[who], who)
    yield request.param, pages
    for context in contexts:
        context.close()


@pytest.mark.parametrize("route", routes())
def test_page(route, laboratory, visitors, filled):
    language, pages = visitors
    page = pages[who_opens(route)]
    weights = {}
    page.on("response", lambda response: weights.update({response.url: response}))
    answer = page.goto(laboratory.address + path_of(route, filled))
    assert answer.status == 200
    assert page.locator("h1:visible").count() == 1
    no_holes(page)
    weight = sum(
        len(response.body()) for url, response in list(weights.items())
        if response.status == 200 and "events" not in url)
    assert weight < HEAVIEST, {url: len(response.body()) for url, response in weights.items()}
    picture(page, f"page{route.replace('/', '-').replace(':', '')}-{language}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    serious = [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]][:3])
        for violation in found.response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []
