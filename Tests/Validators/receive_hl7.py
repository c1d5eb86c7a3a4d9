"""Takes a laboratory's messages over MLLP with python-hl7's own server, which is none of ours.

usage: receive_hl7.py PORT-FILE LOG    writes its port to PORT-FILE, a line for each message and
answer to LOG (code, MSH-10, a hash of the bytes), and each message once to LOG.hl7. The first
answers are not always AA: every sixtieth message is refused once with AR, every eleventh with AE,
and every ninety-seventh is met with silence.
"""
import asyncio
import hashlib
import os
import sys

from hl7.mllp import start_hl7_server

seen = {}


def code_for(number, attempt):
    if number % 11 == 0:
        return "AE"
    if attempt == 1 and number % 60 == 0:
        return "AR"
    if attempt == 1 and number % 97 == 0:
        return None
    return "AA"


async def main():
    log = open(sys.argv[2], "a", encoding="utf-8", buffering=1)

    bodies = open(sys.argv[2] + ".hl7", "a", encoding="utf-8", buffering=1, newline="")

    async def receive(reader, writer):
        while not writer.is_closing():
            try:
                message = await reader.readmessage()
            except asyncio.IncompleteReadError:
                break
            identifier = str(message.segment("MSH")(10))
            if identifier not in seen:
                bodies.write(str(message).strip("\r") + "\r\n")
            number, attempts = seen.get(identifier, (len(seen) + 1, 0))
            seen[identifier] = (number, attempts + 1)
            code = code_for(number, attempts + 1)
            digest = hashlib.sha256(str(message).encode()).hexdigest()
            log.write(f"{code or 'nothing'} {identifier} {digest}\n")
            if code is None:
                writer.close()
                break
            writer.writemessage(message.create_ack(code))
            await writer.drain()

    async with await start_hl7_server(receive, host="127.0.0.1", port=0,
                                      encoding="utf-8") as server:
        with open(sys.argv[1] + ".part", "w", encoding="utf-8") as file:
            file.write(str(server.sockets[0].getsockname()[1]))
        os.rename(sys.argv[1] + ".part", sys.argv[1])
        await server.serve_forever()


asyncio.run(main())
