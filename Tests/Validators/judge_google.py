"""Lets Google's reader of FHIR R4 judge bundles, one a line.

usage: judge_google.py BUNDLES.ndjson     exit status 1 when it refuses one

It checks required elements, value sets, references' types and the form of every primitive. One
known-bad bundle proves that it looks.
"""
import json
import sys

from google.fhir.r4 import json_format
from google.fhir.r4.proto.core.resources import bundle_and_contained_resource_pb2


def fault_of(line):
    try:
        json_format.json_fhir_string_to_proto(
            line, bundle_and_contained_resource_pb2.Bundle, validate=True)
        return None
    except Exception as fault:  # its faults have no common ancestor
        return str(fault)[:300]


def spoiled(line):
    bundle = json.loads(line)
    for entry in bundle["entry"]:
        if entry["resource"]["resourceType"] == "Observation":
            entry["resource"]["status"] = "finished"
    return json.dumps(bundle)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.read().splitlines()
    faults = 0
    for number, line in enumerate(lines, 1):
        fault = fault_of(line)
        if fault:
            faults += 1
            print(f"google-fhir-r4: line {number}: {fault}")
    if fault_of(spoiled(lines[0])) is None:
        faults += 1
        print("google-fhir-r4 accepts a status that does not exist: it judged nothing")
    print(f"{len(lines)} bundles judged by google-fhir-r4")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
