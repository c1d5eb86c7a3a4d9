"""Lets judges that others wrote look at FHIR bundles that Swabline wrote.

usage: judge_fhir.py REFERENCE BUNDLES.ndjson BUNDLE.xml...    exit status 1 when one refuses

xmllint holds each document against HL7's schema, Saxon against HL7's invariants (XPath 2, of the
published .sch files), fhir.resources reads it, and every UUID must be the one that Python's own
uuid module makes of it being version 5. The JSON line of the same number must say the same.
"""
import json
import subprocess
import sys
import tempfile
import uuid
from xml.etree import ElementTree

from fhir.resources.R4B.bundle import Bundle
from saxonche import PySaxonProcessor

SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
RULES = ["bundle", "messageheader", "patient", "group", "specimen", "observation",
         "diagnosticreport", "servicerequest", "organization", "practitionerrole", "provenance"]


def schema_faults(folder, paths):
    run = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", f"{folder}/fhir-single.xsd", *paths],
        capture_output=True, text=True, check=False)
    return [line for line in run.stderr.splitlines() if not line.endswith(" validates")]


class Invariants:
    """The assertions of the .sch files; `current()` is taken as the context itself."""

    def __init__(self, processor, folder):
        self.processor = processor
        self.rules = []
        self.count = 0
        self.unread = 0
        for name in RULES:
            root = ElementTree.parse(f"{folder}/{name}.sch").getroot()
            spaces = [(ns.get("prefix"), ns.get("uri")) for ns in root.iter(SCHEMATRON + "ns")]
            rules = [(rule.get("context"), rule.findall(SCHEMATRON + "assert"))
                     for rule in root.iter(SCHEMATRON + "rule")]
            self.rules.append((spaces, rules))

    def faults(self, path):
        found = []
        document = self.processor.parse_xml(xml_file_name=path)
        for spaces, rules in self.rules:
            paths = self.processor.new_xpath_processor()
            for prefix, address in [*spaces, ("xs", "http://www.w3.org/2001/XMLSchema")]:
                paths.declare_namespace(prefix, address)
            for context, asserts in rules:
                paths.set_context(xdm_item=document)
                try:
                    hits = paths.evaluate(context if context.startswith("/") else "//" + context)
                except Exception:  # saxonche has no narrower one
                    self.unread += 1
                    continue
                for place in range(hits.size if hits is not None else 0):
                    paths.set_context(xdm_item=hits.item_at(place))
                    found += self.failed(paths, asserts)
        return found

    def failed(self, paths, asserts):
        for rule in asserts:
            self.count += 1
            try:
                if not paths.effective_boolean_value(rule.get("test").replace("current()", ".")):
                    yield "".join(rule.itertext())[:160]
            except Exception:
                self.unread += 1


def dangling(bundle):
    """References that no entry answers, entries that come twice, and UUIDs of another version."""
    names = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(names)) != len(names):
        yield "an address comes twice"
    for entry in bundle["entry"]:
        named = uuid.UUID(entry["fullUrl"].removeprefix("urn:uuid:"))
        if named.version != 5 or named.variant != uuid.RFC_4122:
            yield "a UUID that is none of version 5"
        if entry["resource"]["id"] != str(named):
            yield "an address that is not the resource's own"

    def references(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "reference":
                    yield inner
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)
    for reference in references(bundle):
        if reference not in names:
            yield "a reference that leads nowhere"


def same(xml, line):
    """Whether XML and JSON say the same, as fhir.resources understands them."""
    def plain(bundle):
        return json.loads(bundle.model_dump_json())
    return plain(Bundle.model_validate_xml(xml)) == plain(Bundle.model_validate_json(line))


def spoiled(path):
    """A bundle that breaks obs-6: an observation with a value and a reason for having none."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    end = "</valueCodeableConcept>"
    return text.replace(end, end + '<dataAbsentReason><text value="x"/></dataAbsentReason>')


def main():
    folder, lines, *paths = sys.argv[1:]
    with open(lines, encoding="utf-8") as file:
        bundles = file.read().splitlines()
    faults = schema_faults(folder, paths)
    if len(bundles) != len(paths):
        faults.append(f"{len(bundles)} lines and {len(paths)} documents")
    with PySaxonProcessor(license=False) as processor:
        invariants = Invariants(processor, folder)
        for path, line in zip(paths, bundles):
            faults += [f"{path}: {fault}" for fault in invariants.faults(path)]
            faults += [f"{path}: {fault}" for fault in dangling(json.loads(line))]
            try:
                with open(path, "rb") as file:
                    if not same(file.read(), line):
                        faults.append(f"{path}: its JSON says something else")
            except Exception as fault:
                faults.append(f"{path}: fhir.resources: {str(fault)[:300]}")
        with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as file:
            file.write(spoiled(paths[0]))
            file.flush()
            if not invariants.faults(file.name):
                faults.append("Saxon accepts what obs-6 forbids: it judged nothing")
        if invariants.count < 1000 * len(paths):
            faults.append(f"only {invariants.count} assertions were looked at")
    for fault in faults:
        print(fault)
    print(f"{len(paths)} bundles judged by xmllint, Saxon ({invariants.count} assertions, "
          f"{invariants.unread} not evaluable) and fhir.resources")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
