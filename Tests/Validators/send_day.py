"""Sends a demo's whole day to python-hl7's MLLP server and holds both sides' books together: first
results and members of positive pools, cancellations, then corrections and withdrawals.

usage: send_day.py SWABLINE FOLDER     exit status 1 when they differ; FOLDER/day.hl7 is a batch of
the messages as they came: all but the first results, and a hundred of those
"""
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter

RECEIVER = """\
name: city-cdc
profile: PHLabReport-Ack
encoding: er7
transport: {{ mllp: {{ host: 127.0.0.1, port: {port} }} }}
application: {{ name: ELR, oid: 2.16.840.1.113883.19.5.1 }}
facility: {{ name: City CDC, oid: 2.16.840.1.113883.19.5 }}
answer_within: 5s
send: {{ results: all, preliminary_pools: true, cancellations: true }}
"""
#: What must come; a positive pool is told only where it leaves before its members are tested.
KINDS = {"final", "corrected", "withdrawn", "cancelled"}


def main():
    program, folder = sys.argv[1], sys.argv[2]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    port_file, log = os.path.join(folder, "port"), os.path.join(folder, "log")
    here = os.path.dirname(os.path.abspath(__file__))
    server = subprocess.Popen(
        [sys.executable, os.path.join(here, "receive_hl7.py"), port_file, log])
    try:
        while not os.path.exists(port_file):
            if server.poll() is not None:
                return complain("python-hl7's server does not start")
            time.sleep(0.05)
        with open(port_file, encoding="utf-8") as file:
            settings = RECEIVER.format(port=file.read())
        return play(program, folder, settings, log)
    finally:
        server.terminate()
        server.wait()


def demo_day(program, folder, receiver):
    """Plays a demo's day for a receiver; its laboratory is asked by the function returned."""
    day = os.path.join(folder, "day")
    subprocess.run([program, "demo", "--directory", day, "--receiver", receiver], check=True,
                   stdout=subprocess.DEVNULL)
    environment = dict(os.environ, SWABLINE_DATABASE=os.path.join(day, "laboratory.sqlite"),
                       SWABLINE_AS="wang.fang")
    environment.pop("SWABLINE_KEY_FILE", None)

    def ask(*arguments, by="wang.fang"):
        answer = subprocess.run([program, *arguments, "--format", "json", "--as", by],
                                env=environment, check=False, capture_output=True, text=True)
        return json.loads(answer.stdout) if answer.returncode == 0 else None

    return ask


def play(program, folder, settings, log):
    receiver = os.path.join(folder, "receiver.yaml")
    with open(receiver, "w", encoding="utf-8") as file:
        file.write(settings)
    ask = demo_day(program, folder, receiver)
    deliver(ask)
    change(ask)
    deliver(ask)
    lines = ask("report", "list", "--limit", "100000")
    made = {line["message"] for line in lines}
    kinds = {line["message"]: line["says"] for line in lines}
    states = {}
    for line in lines:
        states.setdefault(line["state"], set()).add(line["message"])
    answers = {}
    bodies = {}
    with open(log, encoding="utf-8") as file:
        for line in file:
            code, identifier, digest = line.split()
            answers.setdefault(code, []).append(identifier)
            bodies.setdefault(identifier, set()).add(digest)
    faults = 0
    # One that was accepted and then corrected was accepted; what was overtaken has never left.
    accepted = states.pop("accepted", set()) | states.pop("corrected", set())
    rejected, overtaken = states.pop("rejected", set()), states.pop("superseded", set())
    for state, here, code in (("accepted", accepted, "AA"), ("rejected", rejected, "AE")):
        told = answers.get(code, [])
        if here != set(told) or len(told) != len(set(told)):
            faults += complain(f"{state} here is not {code} there, each once")
    if states:
        faults += complain(f"states {sorted(states)}")
    if set(bodies) != made - overtaken or any(len(digests) > 1 for digests in bodies.values()):
        faults += complain("a message is missing, or came with other bytes")
    if not made or not answers.get("AR") or not answers.get("nothing"):
        faults += complain("the day is too small to prove anything")
    told = Counter(kinds[identifier] for identifier in bodies if identifier in kinds)
    if not KINDS <= set(told):
        faults += complain(f"of what a laboratory can tell only {sorted(told)} came")
    keep(log + ".hl7", kinds, os.path.join(folder, "day.hl7"))
    counts = {code: len(told) for code, told in sorted(answers.items())}
    print(f"python-hl7: a day over MLLP, {dict(told)}, {len(overtaken)} overtaken before they "
          f"left, answered {counts}")
    return 1 if faults else 0


def deliver(ask):
    """Sends until nothing waits: AR and silence are met again after pauses of seconds."""
    for _ in range(200):
        ask("report", "send")
        if not ask("status")["outbox"][0]["waiting"]:
            return
        time.sleep(0.2)


def change(ask):
    """Corrects and withdraws some of what was told, each with a second signature."""
    ask("person", "add", "zhao.min", "--role", "supervisor", by="admin")
    told = [line for line in ask("report", "list", "--limit", "100000")
            if line["says"] == "final" and line["state"] == "accepted"]
    corrected = withdrawn = 0
    for line in told:
        if corrected < 6:
            change = ask("result", "correct", line["tube"], "--outcome", "not-detected",
                         "--reason", "misread") or \
                ask("result", "correct", line["tube"], "--outcome", "detected",
                    "--reason", "wells-swapped")
            corrected += change is not None
        elif withdrawn < 6:
            change = ask("result", "withdraw", line["tube"], "--person", line["person"],
                         "--reason", "wrong-person")
            withdrawn += change is not None
        else:
            return
        if change:
            ask("result", "sign", change["amendment"], by="zhao.min")


def keep(source, kinds, target):
    """A batch of everything but first results, and of a hundred of those."""
    with open(source, encoding="utf-8", newline="") as file:
        messages = [text for text in file.read().split("\r\n") if text]
    finals = 0
    kept = []
    for text in messages:
        if kinds.get(text.split("|", 10)[9]) == "final":
            finals += 1
            if finals > 100:
                continue
        kept.append(text)
    head = "|".join(["", "^~\\&", "Swabline", "", "", "", "20210804000000"])
    with open(target, "w", encoding="utf-8", newline="") as file:
        file.write("\r".join(
            ["FHS" + head, "BHS" + head, *kept, f"BTS|{len(kept)}", "FTS|1", ""]))


def complain(words):
    print(f"python-hl7: {words}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
