"""Sends a demo's whole day as FHIR to a web server whose reader is fhir.resources, and holds both
sides' books together: results, cancellations, then corrections and withdrawals. The codes are the
receiver's own; at first they lack two targets, whose results must wait until the table has them.

usage: send_day_fhir.py SWABLINE FOLDER     exit status 1 when they differ; FOLDER/day.ndjson holds
all but the first results, and a hundred of those

The first answers are not always 200: every eleventh message is refused with 422 and an
OperationOutcome, every sixtieth is met with 503 once, every ninety-seventh with a closed door.
"""
import hashlib
import json
import os
import shutil
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fhir.resources.R4B.bundle import Bundle

from send_day import KINDS, change, deliver, demo_day

CODES = """\
# Source: made for this test. Licence: public domain.
kind,name,code,text,system,uri
test,SARS-CoV-2,NCOV,Novel coronavirus RNA,99CITY,2.16.840.1.113883.19.5.2
target,ORF1ab,NCOV-O,ORF1ab region,99CITY,2.16.840.1.113883.19.5.2
target,N,NCOV-N,N gene,99CITY,2.16.840.1.113883.19.5.2
{more}result,detected,1,found,99CITY,2.16.840.1.113883.19.5.4
result,not-detected,0,not found,99CITY,2.16.840.1.113883.19.5.4
result,not-detected-in-pool,2,not found in the pool,99CITY,2.16.840.1.113883.19.5.4
result,detected-in-pool,3,found in the pool,99CITY,2.16.840.1.113883.19.5.4
result,inconclusive,4,grey,99CITY,2.16.840.1.113883.19.5.4
specimen,throat-swab,YS,swab,99CITY,2.16.840.1.113883.19.5.3
"""
MORE = """\
target,E,NCOV-E,E gene,99CITY,2.16.840.1.113883.19.5.2
target,RdRp,NCOV-R,RdRp gene,99CITY,2.16.840.1.113883.19.5.2
"""
SETTINGS = """\
name: province
encoding: fhir-json
codes: codes.csv
transport: {{ http: {{ url: "http://127.0.0.1:{port}/fhir" }} }}
application: {{ name: FHIR, oid: 2.16.840.1.113883.19.5.1 }}
facility: {{ name: Province CDC, oid: 2.16.840.1.113883.19.5 }}
answer_within: 5s
send: {{ preliminary_pools: true, cancellations: true }}
"""
REFUSAL = json.dumps({"resourceType": "OperationOutcome", "issue": [{
    "severity": "error", "code": "business-rule", "diagnostics": "not in our district",
    "expression": ["Bundle.entry[3].resource.address"]}]}).encode()


class Book:
    """What came, and what was answered."""

    def __init__(self):
        self.lock = threading.Lock()
        self.numbers = {}
        self.digests = {}
        self.bodies = {}
        self.answers = []
        self.faults = []

    def take(self, kind, body):
        try:
            bundle = Bundle.model_validate_json(body)
            identifier = bundle.identifier.value
            codings = [coding.system for entry in bundle.entry
                       if entry.resource.get_resource_type() == "DiagnosticReport"
                       for coding in entry.resource.code.coding]
            if codings != ["urn:oid:2.16.840.1.113883.19.5.2", "http://loinc.org"]:
                self.faults.append(f"the test is coded in {codings}")
        except ValueError as error:
            with self.lock:
                self.faults.append(f"fhir.resources refuses a bundle: {str(error)[:300]}")
            return 400, b"", "none"
        with self.lock:
            if not kind.startswith("application/fhir+json"):
                self.faults.append("the bundle came as " + kind)
            known = identifier in self.numbers
            number = self.numbers.setdefault(identifier, len(self.numbers) + 1)
            self.digests.setdefault(identifier, set()).add(hashlib.sha256(body).hexdigest())
            self.bodies[identifier] = body
            if number % 11 == 0:
                status = 422
            elif not known and number % 60 == 0:
                status = 503
            elif not known and number % 97 == 0:
                status = 0
            else:
                status = 200
            self.answers.append((identifier, status))
        return status, REFUSAL if status == 422 else b"", identifier


def serve(book):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer, _ = book.take(self.headers.get("Content-Type", ""), body)
            if status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    program, folder = sys.argv[1], sys.argv[2]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    book = Book()
    server = serve(book)
    settings = os.path.join(folder, "province.yaml")
    with open(settings, "w", encoding="utf-8") as file:
        file.write(SETTINGS.format(port=server.server_port))
    write_codes(folder, "")
    ask = demo_day(program, folder, settings)
    deliver(ask)
    held = ask("report", "held")
    if not held or not all("(OBX-3) E" in line["reasons"][0] for line in held):
        book.faults.append("what has no code in the receiver's table is not held")
    write_codes(folder, MORE)
    ask("receiver", "adopt", settings, by="admin")
    if not ask("report", "held", "--again")["written"] == len(held):
        book.faults.append("what was held is not written when the table is mended")
    deliver(ask)
    change(ask)
    deliver(ask)
    faults = compare(book, ask("report", "list", "--limit", "100000"),
                     ask("report", "rejects", "--limit", "1000"), ask("report", "held"))
    server.shutdown()
    for fault in faults[:20]:
        print(f"fhir.resources: {fault}")
    keep(book, folder)
    return 1 if faults else 0


def write_codes(folder, more):
    with open(os.path.join(folder, "codes.csv"), "w", encoding="utf-8") as file:
        file.write(CODES.format(more=more))


def compare(book, lines, rejects, held):
    faults = list(book.faults)
    states = {}
    for line in lines:
        states.setdefault(line["state"], set()).add(line["message"])
    accepted = states.pop("accepted", set()) | states.pop("corrected", set())
    rejected, overtaken = states.pop("rejected", set()), states.pop("superseded", set())
    for name, here, status in (("accepted", accepted, 200), ("rejected", rejected, 422)):
        told = [identifier for identifier, code in book.answers if code == status]
        if here != set(told) or len(told) != len(set(told)):
            faults.append(f"{name} here is not {status} there, each once")
    if states or held:
        faults.append(f"states {sorted(states)}, held {len(held or [])}")
    made = {line["message"] for line in lines}
    if set(book.bodies) != made - overtaken or any(len(d) > 1 for d in book.digests.values()):
        faults.append("a message is missing, or came with other bytes")
    if not rejects or any(r["words"]["findings"][0]["field"] != "person's address"
                          for r in rejects):
        faults.append("the server's words or the field that they mean are lost")
    kinds = {line["message"]: line["says"] for line in lines}
    told = Counter(kinds[identifier] for identifier in book.bodies if identifier in kinds)
    if not KINDS <= set(told):
        faults.append(f"of what a laboratory can tell only {sorted(told)} came")
    counts = Counter(status for _, status in book.answers)
    if not {0, 200, 422, 503} <= set(counts):
        faults.append("the day is too small to prove anything")
    print(f"fhir.resources: a day over HTTP, {dict(told)}, {len(overtaken)} overtaken before they "
          f"left, answered {dict(sorted(counts.items()))} (0: nothing)")
    book.kinds = kinds
    return faults


def keep(book, folder):
    """Everything but first results, and a hundred of those."""
    finals = 0
    with open(os.path.join(folder, "day.ndjson"), "wb") as file:
        for identifier, body in book.bodies.items():
            finals += book.kinds.get(identifier) == "final"
            if book.kinds.get(identifier) != "final" or finals <= 100:
                file.write(body + b"\n")


if __name__ == "__main__":
    sys.exit(main())
