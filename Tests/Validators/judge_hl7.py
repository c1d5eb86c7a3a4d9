"""Lets hl7apy, with NIST's profile, and python-hl7 judge messages that Swabline wrote.

usage: judge_hl7.py PROFILE.xml BATCH.hl7...     exit status 1 when one of them refuses a message
"""
import asyncio
import os
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

import hl7
from hl7.mllp import open_hl7_connection, start_hl7_server
from hl7apy import load_message_profile
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message


def profile_of(source, folder):
    """NIST's profile as hl7apy keeps it; what its reader does not know is left out."""
    tree = ElementTree.parse(source)
    for parent in list(tree.getroot().iter()):
        for child in list(parent):
            is_bare = child.tag == "Segment" and child.find("Field") is None
            if child.tag == "ConformanceStatement" or is_bare:
                parent.remove(child)
    reduced = os.path.join(folder, "nist.xml")
    tree.write(reduced, encoding="UTF-8", xml_declaration=True)
    compiler = os.path.join(os.path.dirname(sys.executable), "hl7apy_profile_parser")
    subprocess.run([compiler, reduced, "-o", os.path.join(folder, "profile")],
                   check=True, stdout=subprocess.DEVNULL)
    return load_message_profile(os.path.join(folder, "profile", "nist"))


def faults_by_profile(text, profile, folder):
    report = os.path.join(folder, "report.txt")
    # hl7apy refuses a fifth sign in MSH-2 before 2.7.
    text = text.replace("MSH|^~\\&#|", "MSH|^~\\&|", 1)
    try:
        parse_message(text, validation_level=VALIDATION_LEVEL.TOLERANT, message_profile=profile,
                      find_groups=True).validate(report_file=report)
        return []
    except Exception as fault:  # hl7apy's faults have no common ancestor
        lines = []
        if os.path.exists(report):
            with open(report, encoding="utf-8") as file:
                lines = [line.strip() for line in file if line.startswith("Error")]
            os.remove(report)
        return lines or [str(fault)]


async def exchanged(messages):
    """Sends each message through python-hl7's own receiver; the identifiers it acknowledged."""
    async def receive(reader, writer):
        while not writer.is_closing():
            try:
                message = await reader.readmessage()
            except asyncio.IncompleteReadError:
                break
            writer.writemessage(message.create_ack("AA"))
            await writer.drain()

    answered = []
    async with await start_hl7_server(receive, host="127.0.0.1", port=0,
                                      encoding="utf-8") as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await open_hl7_connection("127.0.0.1", port, encoding="utf-8")
        for message in messages:
            writer.writemessage(message)
            await writer.drain()
            answer = await asyncio.wait_for(reader.readmessage(), 20)
            answered.append(str(answer.segment("MSA")(2)))
        writer.close()
    return answered


def main():
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        profile = profile_of(sys.argv[1], folder)
        for path in sys.argv[2:]:
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read().replace("\r\n", "\r").replace("\n", "\r").strip("\r") + "\r"
            batch = hl7.parse_hl7(text)
            messages = [message for group in batch for message in group]
            said = int(str(batch[0].trailer(1)))
            if said != len(messages):
                faults += 1
                print(f"python-hl7: {path}: BTS-1 says {said} of {len(messages)}")
            identifiers = [str(message.segment("MSH")(10)) for message in messages]
            if asyncio.run(exchanged(messages)) != identifiers:
                faults += 1
                print(f"python-hl7: {path}: its receiver did not acknowledge every message")
            for number, message in enumerate(messages, 1):
                for fault in faults_by_profile(str(message), profile, folder):
                    faults += 1
                    print(f"hl7apy: {path}, message {number}: {fault}")
            print(f"{path}: {len(messages)} messages judged")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
