"""Sends a demo's whole day to python-hl7's MLLP server and holds both sides' books together.

usage: send_day.py SWABLINE FOLDER     exit status 1 when they differ
"""
import json
import os
import shutil
import subprocess
import sys
import time

RECEIVER = """\
name: city-cdc
profile: PHLabReport-Ack
encoding: er7
transport: {{ mllp: {{ host: 127.0.0.1, port: {port} }} }}
application: {{ name: ELR, oid: 2.16.840.1.113883.19.5.1 }}
facility: {{ name: City CDC, oid: 2.16.840.1.113883.19.5 }}
answer_within: 5s
"""


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


def play(program, folder, settings, log):
    receiver = os.path.join(folder, "receiver.yaml")
    with open(receiver, "w", encoding="utf-8") as file:
        file.write(settings)
    day = os.path.join(folder, "day")
    subprocess.run([program, "demo", "--directory", day, "--receiver", receiver], check=True,
                   stdout=subprocess.DEVNULL)
    environment = dict(os.environ, SWABLINE_DATABASE=os.path.join(day, "laboratory.sqlite"),
                       SWABLINE_AS="wang.fang")
    environment.pop("SWABLINE_KEY_FILE", None)

    def ask(*arguments):
        answer = subprocess.run([program, *arguments, "--format", "json"], env=environment,
                                check=False, capture_output=True, text=True)
        return json.loads(answer.stdout)

    made = {line["message"] for line in ask("report", "list", "--limit", "100000")}
    # What was met with AR or silence is sent again after pauses of seconds.
    for _ in range(200):
        ask("report", "send")
        if not ask("status")["outbox"][0]["waiting"]:
            break
        time.sleep(0.2)
    states = {}
    for line in ask("report", "list", "--limit", "100000"):
        states.setdefault(line["state"], set()).add(line["message"])
    answers = {}
    bodies = {}
    with open(log, encoding="utf-8") as file:
        for line in file:
            code, identifier, digest = line.split()
            answers.setdefault(code, []).append(identifier)
            bodies.setdefault(identifier, set()).add(digest)
    faults = 0
    for state, code in (("accepted", "AA"), ("rejected", "AE")):
        told = answers.get(code, [])
        if states.get(state, set()) != set(told) or len(told) != len(set(told)):
            faults += complain(f"{state} here is not {code} there, each once")
    if set(states) - {"accepted", "rejected"}:
        faults += complain(f"states {sorted(states)}")
    if set(bodies) != made or any(len(digests) > 1 for digests in bodies.values()):
        faults += complain("a message is missing, or came with other bytes")
    if not made or not answers.get("AR") or not answers.get("nothing"):
        faults += complain("the day is too small to prove anything")
    counts = {code: len(told) for code, told in sorted(answers.items())}
    print(f"python-hl7: a day of {len(made)} messages over MLLP, answered {counts}")
    return 1 if faults else 0


def complain(words):
    print(f"python-hl7: {words}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
