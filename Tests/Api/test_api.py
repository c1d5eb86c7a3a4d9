"""The interface for programs against a running server: everything that specs/openapi.yaml says,
asked by schemathesis, and a day of work by a client that sends everything twice."""

import csv
import io
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SWABLINE_PROGRAM", str(ROOT / ".build/debug/swabline"))
SPEC = ROOT / "specs/openapi.yaml"
SEED = 7
#: Requests of each operation; the whole stays under a minute or two.
EXAMPLES = 12
CHECKS = ",".join([
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "response_headers_conformance"])


class Server:
    """The demo's laboratory with keys for programs."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = self.folder / "laboratory.sqlite"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        log = open(self.folder.with_suffix(".log"), "w")
        self.process = subprocess.Popen(
            [PROGRAM, "demo", "--directory", str(folder), "--serve", "--port", str(self.port)],
            stdout=log, stderr=subprocess.STDOUT)
        deadline = time.time() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                break
            except OSError:
                assert self.process.poll() is None and time.time() < deadline
                time.sleep(0.1)
        self.keys = {role: self.key(f"api.{role}", role, *place) for role, place in {
            "technician": (), "supervisor": (), "administrator": (), "planner": (),
            "sending-unit": ("--unit", "Unit 9"), "collector": ("--site", "Gate 9")}.items()}

    def run(self, *arguments, who="admin"):
        done = subprocess.run(
            [PROGRAM, *arguments, "--format", "json"], capture_output=True, text=True,
            env={**os.environ, "SWABLINE_DATABASE": str(self.database), "SWABLINE_AS": who})
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def key(self, handle, role, *place):
        return self.run("device", "add", handle, "--role", role, *place)["key"]

    def ask(self, role, method, path, body=None, key=None, media="application/json"):
        """One request: status, headers and JSON of the answer."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}", data=data, method=method)
        request.add_header("Authorization", f"Bearer {self.keys.get(role, role)}")
        if data is not None:
            request.add_header("Content-Type", media)
        if key:
            request.add_header("Idempotency-Key", key)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, error.headers, json.loads(error.read())

    def twice(self, role, path, body=None, media="application/json"):
        """Asks with a key, and again as if the answer had been lost; both say the same."""
        key = f"key-{time.monotonic_ns()}"
        data = {} if body is None else body
        first = self.ask(role, "POST", path, data, key, media)
        second = self.ask(role, "POST", path, data, key, media)
        assert first[0] == 200, first[2]
        assert first[2] == second[2] and second[1]["Idempotent-Replayed"] == "true"
        return first[2]


@pytest.fixture(scope="module")
def server():
    with tempfile.TemporaryDirectory() as folder:
        made = Server(pathlib.Path(folder) / "laboratory")
        yield made
        made.process.terminate()
        made.process.wait(timeout=30)


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


def rows(count):
    made = []
    for number in range(count):
        body = f"6010001990010{1 + number % 9}{number:03d}"
        total = sum(int(one) * 2 ** (17 - place) for place, one in enumerate(body))
        made.append({
            "tube": tube(70_000_000 + number), "kind": "1:1", "unit": "Unit 9", "site": "Gate 9",
            "box": "API-1", "collected_at": time.strftime("%Y-%m-%d %H:%M", time.gmtime(
                time.time() + 8 * 3600 - 600)), "name": f"Person {number}",
            "document_number": body + "10X98765432"[total % 11]})
    return made


def run_of(worklist):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["plate", "well", "target", "cq"])
    signals = {"weak-positive": [30, 30, 25], "kit-positive": [26, 25, 25]}
    for well in worklist["wells"]:
        for channel, cq in zip(worklist["channels"], signals.get(well["content"], ["", "", 25])):
            writer.writerow([worklist["plate"], well["well"], channel, cq or "Undetermined"])
    return text.getvalue().encode()


def test_the_way_of_a_sample_with_every_answer_lost_once(server):
    codes = [row["tube"] for row in rows(6)]
    assert server.twice("sending-unit", "/manifests", {"rows": rows(6)})["tubes"] == 6
    first = {"tube": codes[0], "box": "API-1"}
    assert server.twice("technician", "/receipts", first)["missing"] == 5
    assert server.twice("technician", "/boxes/API-1/receipt")["received"] == 5
    assert server.twice(
        "technician", f"/tubes/{codes[5]}/rejection", {"reason": "leaking"})["recollections"]
    assert server.twice("technician", f"/tubes/{codes[5]}/undoing")["undone"] == "rejection"
    assert server.twice("technician", "/boxes/API-1/closing", {"counted": 6})["counted"] == 6
    waiting = [one["subject"] for one in server.ask("technician", "GET", "/tests")[2]["rows"]]
    assert set(codes) <= set(waiting)
    plate = server.twice("technician", "/plates", {"only": codes})["plate"]
    worklist = server.ask("technician", "GET", f"/plates/{plate}/worklist")[2]
    trial = server.ask(
        "technician", "POST", f"/plates/{plate}/run/trial", run_of(worklist),
        media="application/octet-stream")[2]
    assert trial["notDetected"] == 6
    assert server.ask("technician", "GET", f"/plates/{plate}/run")[0] == 404
    run = server.twice(
        "technician", f"/plates/{plate}/run", run_of(worklist), "application/octet-stream")
    assert (run["isValid"], run["notDetected"]) == (True, 6)
    seen = server.ask("technician", "GET", f"/plates/{plate}/run")[2]
    assert (seen["state"], len(seen["samples"]), seen["looks"]) == ("valid", 6, [])
    assert server.ask("technician", "GET", f"/plates/{plate}/curves")[2]["rows"] == []
    charts = server.ask("planner", "GET", "/controls?target=N")[2]["charts"]
    assert charts and {chart["series"]["target"] for chart in charts} == {"N"}
    awaited = server.ask("sending-unit", "GET", f"/results/{codes[0]}")[2]
    assert awaited.get("outcome") is None and awaited["dueAt"]
    # The server forecasts seconds after an event, never at once.
    for _ in range(60):
        if "expected" in awaited:
            break
        time.sleep(0.5)
        awaited = server.ask("sending-unit", "GET", f"/results/{codes[0]}")[2]
    assert awaited["expected"]["low"] <= awaited["expected"]["at"] <= awaited["expected"]["high"]
    # Who entered a run does not review it; the key of another role does.
    assert server.ask("technician", "POST", f"/plates/{plate}/review")[0] == 403
    assert server.twice("supervisor", f"/plates/{plate}/review")["reviewed"] == 6
    assert len(server.twice("supervisor", "/releases", {"tubes": codes})["tubes"]) == 6
    results = server.ask("sending-unit", "GET", "/results?box=API-1")[2]["rows"]
    assert [one["outcome"] for one in results] == ["not-detected"] * 6
    assert not any("expected" in one for one in results)
    assert server.twice("sending-unit", "/boxes/API-1/feedback")["delivered"] == 6
    story = server.ask("supervisor", "GET", f"/stories/{codes[0]}")[2]["rows"]
    assert [one["kind"] for one in story].count("tube-registered") == 1


def test_a_planner_program_with_every_answer_lost_once(server):
    spec = yaml.safe_load(SPEC.read_text())
    body = spec["paths"]["/api/v1/scenarios"]["post"]["requestBody"]["content"]
    town = body["application/yaml"]["example"].replace("name: town", "name: api-town", 1)
    kept = server.twice("planner", "/scenarios", town.encode(), "application/yaml")
    asked = server.twice("planner", "/jobs", {
        "kind": "simulate", "scenarios": [kept["scenario"]], "runs": 2, "bottleneckRuns": 0})
    deadline = time.time() + 60
    while (job := server.ask("planner", "GET", f"/jobs/{asked['job']}")[2])["state"] != "done":
        assert job["state"] in ("waiting", "running") and time.time() < deadline, job
        time.sleep(0.2)
    file = server.ask("planner", "GET", f"/jobs/{asked['job']}/files/result.json")[2]
    assert json.loads(file["text"])["measures"]
    handed = server.twice("planner", "/campaigns", {
        "scenario": "api-town", "startsOn": "2030-01-02", "firstTube": 1})
    sites = server.ask("planner", "GET", f"/campaigns/{handed['campaign']}")[2]["rows"]
    assert len(sites) == handed["sites"] and sites[0]["firstTube"] == handed["firstTube"]
    assert server.twice("planner", f"/campaigns/{handed['campaign']}/ending")["name"] == "api-town"
    assert server.twice("planner", f"/scenarios/{kept['scenario']}/removal")["name"] == "api-town"


def lot_of_requests(codes):
    """The work of a box of tubes: who asks for what, none of it knowing of the others."""
    yield "sending-unit", "/manifests", {"rows": [
        {**row, "tube": code, "box": "API-2"} for row, code in zip(rows(len(codes)), codes)]}
    for code in codes:
        yield "technician", "/receipts", {"tube": code, "box": "API-2"}
    yield "technician", f"/tubes/{codes[0]}/measurement", {"microlitres": 900}
    yield "technician", "/boxes/API-2/closing", {"counted": len(codes)}


def judging_requests(codes, plate):
    """Run, review, release and delivery of a plate: each needs the one before."""
    yield "supervisor", f"/plates/{plate}/review", {}
    yield "supervisor", "/releases", {"tubes": codes}
    yield "sending-unit", "/boxes/API-2/feedback", {}


def send_until_done(server, requests, chance):
    """Sends everything twice in an order of its own, and what was refused again, with its key."""
    waiting = [(f"key-{chance.random()}", *request) for request in requests]
    first = {}
    for _ in range(20):
        if not waiting:
            return first
        round_ = waiting * 2
        chance.shuffle(round_)
        for key, role, path, body in round_:
            media = "application/octet-stream" if isinstance(body, bytes) else "application/json"
            status, _, answer = server.ask(role, "POST", path, body, key, media)
            assert status in (200, 404, 409, 422), (path, status, answer)
            if status == 200:
                assert first.setdefault(key, answer) == answer, path
        waiting = [one for one in waiting if one[0] not in first]
    raise AssertionError(f"never done: {[one[2] for one in waiting]}")


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_everything_twice_and_in_another_order(server, seed):
    """A client that retries everything twice, in any order, ends where an orderly one ends."""
    print(f"seed {seed}")
    chance = random.Random(seed)
    codes = [tube(72_000_000 + 100 * seed + number) for number in range(8)]
    send_until_done(server, lot_of_requests(codes), chance)
    plate = server.twice("technician", "/plates", {"only": codes})["plate"]
    worklist = server.ask("technician", "GET", f"/plates/{plate}/worklist")[2]
    requests = list(judging_requests(codes, plate))
    run = ("technician", f"/plates/{plate}/run", run_of(worklist))
    done = send_until_done(server, requests + [run], chance)
    assert len(done) == 4
    results = [server.ask("sending-unit", "GET", f"/results/{code}")[2] for code in codes]
    assert [one["outcome"] for one in results] == ["not-detected"] * 8
    for code in codes:
        kinds = [
            one["kind"] for one in server.ask("supervisor", "GET", f"/stories/{code}")[2]["rows"]]
        for once in ("tube-registered", "tube-received"):
            assert kinds.count(once) == 1, (code, kinds)


#: Who has the verb of most operations, in the order in which they are asked.
WORKERS = ["supervisor", "administrator", "technician", "sending-unit", "collector"]


def test_examples(server):
    """Every example of the written interface is read as it is written: what it lacks is known."""
    spec = yaml.safe_load(SPEC.read_text())
    asked = 0
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            for media, one in content.items():
                if "example" not in one:
                    continue
                address = path.removeprefix("/api/v1")
                for place in operation.get("parameters", []):
                    if place.get("in") == "path":
                        address = address.replace("{" + place["name"] + "}", "NO-SUCH-1")
                example = one["example"]
                body = example.encode() if isinstance(example, str) else example
                answers = [
                    server.ask(role, method.upper(), address, body, media=media)
                    for role in WORKERS]
                codes = {answer[0] for answer in answers} - {403}
                assert codes and codes <= {200, 404, 409, 422}, (path, answers)
                asked += 1
    assert asked > 25, asked


def test_own_and_other(server):
    """A unit and a site see and do what is theirs: others' tubes are unknown to them."""
    others = server.ask("planner", "GET", "/boxes?choice=all")[2]["rows"]
    other = next(box for box in others if box["unit"] != "Unit 9")
    for role in ("sending-unit", "collector"):
        seen = server.ask(role, "GET", "/results")[2]["rows"]
        assert all(one["unit"] == "Unit 9" and one["site"] == "Gate 9" for one in seen)
        assert server.ask(role, "GET", f"/results?box={other['box']}")[2]["rows"] == []
        foreign = server.ask("planner", "GET", f"/results?box={other['box']}")[2]["rows"][0]
        assert server.ask(role, "GET", f"/results/{foreign['tube']}")[0] == 404
        assert server.ask(role, "GET", "/status")[0] == 403
    foreign = f"/boxes/{other['box']}/feedback"
    assert server.ask("sending-unit", "POST", foreign, {})[0] in (404, 409)
    row = {**rows(1)[0], "tube": tube(71_000_000), "unit": "Unit 8"}
    status, _, problem = server.ask("sending-unit", "POST", "/manifests", {"rows": [row]})
    assert status == 422 and problem["places"][0]["code"] == "other-unit"


def test_keys(server):
    """A key is needed, is replaced, and ends with its holder; another request's is refused."""
    assert server.ask("nobody", "GET", "/me")[0] == 401
    assert server.ask("swk-" + "0" * 64, "GET", "/me")[0] == 401
    first = server.key("api.robot", "technician")
    assert server.ask(first, "GET", "/me")[2]["handle"] == "api.robot"
    second = server.run("device", "key", "api.robot")["key"]
    assert server.ask(first, "GET", "/me")[0] == 401
    assert server.ask(second, "GET", "/me")[0] == 200
    same = "one-key-for-two"
    assert server.ask(second, "POST", "/receipts", {"tube": "X"}, same)[0] == 422
    body = {"tube": tube(70_000_000), "microlitres": 5}
    path = f"/tubes/{body['tube']}/measurement"
    assert server.ask(second, "POST", path, {"microlitres": 5}, same)[0] == 200
    status, headers, problem = server.ask(second, "POST", path, {"microlitres": 6}, same)
    assert status == 422 and problem["type"].endswith("key-reused")
    assert headers["Content-Type"] == "application/problem+json"
    server.run("device", "retire", "api.robot")
    assert server.ask(second, "GET", "/me")[0] == 401
    kept = [one["handle"] for one in server.run("device", "list")]
    assert "api.robot" in kept
    assert first.removeprefix("swk-").encode() not in server.database.read_bytes()


def test_every_route_by_every_role(server):
    """Each operation lets in the roles that have its verb, and answers 403 to the others."""
    spec = yaml.safe_load(SPEC.read_text())
    table = {}
    for line in (ROOT / "specs/permissions.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "May":
            head = cells
        elif "yes" in cells[1:]:
            table[cells[0]] = {head[place] for place, cell in enumerate(cells) if cell == "yes"}
    assert len(table) > 20
    asked = 0
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            verb = operation["tags"][0]
            for role in server.keys:
                address = path.removeprefix("/api/v1")
                address = re.sub(r"\{\w+\}", "NO-SUCH-1", address)
                body = b"[" if method == "post" else None
                status = server.ask(role, method.upper(), address, body)[0]
                assert (status == 403) == (role not in table[verb]), (method, path, role, status)
                assert status < 500
                asked += 1
    assert asked > 400


@pytest.mark.parametrize("role", ["supervisor", "administrator", "sending-unit"])
def test_schemathesis(server, role, tmp_path):
    """A program of others finds no answer of 500 and none that is not declared."""
    done = subprocess.run(
        [str(pathlib.Path(os.sys.executable).parent / "schemathesis"), "run", str(SPEC),
         "--url", server.address, "--checks", CHECKS, "--phases", "examples,coverage,fuzzing",
         "--max-examples", str(EXAMPLES), "--seed", str(SEED), "--no-shrink", "--no-color",
         "--continue-on-failure", "--request-timeout", "20", "--max-time", "28",
         "--header", f"Authorization: Bearer {server.keys[role]}",
         # Both would end the key with which it asks.
         *([f"--exclude-operation-id={one}" for one in ("retirePerson", "issueKey")]
           if role == "administrator" else [])],
        capture_output=True, text=True, cwd=tmp_path)
    print(done.stdout[-1500:])
    assert done.returncode == 0, done.stdout[-6000:]
    assert server.process.poll() is None
    assert server.ask(role, "GET", "/me")[0] == 200
