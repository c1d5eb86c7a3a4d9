"""Hands alerts by mail to aiosmtpd, a server that others wrote, over STARTTLS: a trusted
certificate is taken, and nothing of a mail or a password leaves under any other.

usage: judge_mail.py SWABLINE FOLDER     exit status 1 when something else happens
"""
import json
import logging
import os
import shutil
import ssl
import subprocess
import sys
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

#: This machine under a name to which mail never goes in clear; 127.0.0.1 is exempt.
HOST = "127.0.0.2"
NAME, PASSWORD = "swabline", "correct horse"

SETTINGS = """\
escalate_after: 15 min
language: en
channels:
  - name: duty-mail
    mail:
      server: smtp://{host}:{port}
      from: swabline@lab.example.org
      to: [duty@lab.example.org, night@lab.example.org]
      credentials_file: {credentials}
{certificates}duty:
  - {{ step: 1, role: supervisor, alerts: [half-window, will-breach, breached, clock-jumped] }}
"""


class Post:
    """What arrived, and whether it came through TLS."""

    def __init__(self):
        self.mails, self.log_ins = [], []

    async def handle_DATA(self, _server, session, envelope):
        self.mails.append((bool(session.ssl), sorted(envelope.rcpt_tos), envelope.content))
        return "250 taken"

    def log_in(self, _server, session, _envelope, _mechanism, credentials):
        said = (bool(session.ssl), credentials.login, credentials.password)
        self.log_ins.append(said)
        is_right = said[1:] == (NAME.encode(), PASSWORD.encode())
        # Not handled: the server answers 535 by itself.
        return AuthResult(success=is_right, handled=False)


class Server(Controller):
    """An SMTP server on a port of this machine, with STARTTLS when there is a certificate."""

    def __init__(self, post, certificate):
        self.tls = None
        if certificate:
            self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.tls.load_cert_chain(certificate + ".crt", certificate + ".key")
        super().__init__(post, hostname=HOST, port=0)

    def factory(self):
        return SMTP(self.handler, tls_context=self.tls, require_starttls=bool(self.tls),
                    auth_required=True, auth_require_tls=bool(self.tls),
                    authenticator=self.handler.log_in)

    def _trigger_server(self):
        # Any free port was asked for: the one that was given is known now.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def certify(folder, name, host, authority=None):
    """A certificate for a host, signed by an authority or by itself."""
    path = os.path.join(folder, name)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
               "-keyout", path + ".key", "-out", path + ".crt", "-subj", f"/CN={name}"]
    if authority:
        command += ["-CA", authority + ".crt", "-CAkey", authority + ".key",
                    "-addext", f"subjectAltName=IP:{host}",
                    "-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run(command, check=True, capture_output=True)
    return path


def main():
    # What the server logs of refused handshakes is what we want of them.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    ours = certify(folder, "authority", HOST)
    other = certify(folder, "other-authority", HOST)
    good = certify(folder, "server", HOST, ours)
    misnamed = certify(folder, "elsewhere", "127.0.0.3", ours)
    untrusted = certify(folder, "stranger", HOST, other)
    for name, password in [("credentials", PASSWORD), ("wrong", "wrong")]:
        with open(os.path.join(folder, name), "w", encoding="utf-8",
                  opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(f"{NAME}:{password}")
    environment = dict(os.environ, SWABLINE_AS="admin",
                       SWABLINE_DATABASE=os.path.join(folder, "laboratory.sqlite"))
    environment.pop("SWABLINE_KEY_FILE", None)
    subprocess.run([program, "init", "--administrator", "admin"], env=environment, check=True,
                   capture_output=True)
    #      what the server shows, whom we trust, the password, and what comes of it
    cases = [("a trusted certificate", good, ours, "credentials", "arrived"),
             ("a certificate of an unknown authority", untrusted, ours, "credentials",
              "certificate"),
             ("a certificate for another host", misnamed, ours, "credentials", "certificate"),
             ("an authority that the system does not know", good, None, "credentials",
              "certificate"),
             ("a server without STARTTLS", None, ours, "credentials", "certificate"),
             ("a wrong password", good, ours, "wrong", "credentials")]
    failed = False
    for title, certificate, authority, credentials, expected in cases:
        found, post = send(program, folder, environment, certificate, authority, credentials)
        complaint = judge(found, expected, post)
        print(f"mail: {title}: {found}" + (f" - {complaint}" if complaint else ""))
        failed = failed or bool(complaint)
    return 1 if failed else 0


def send(program, folder, environment, certificate, authority, credentials):
    post = Post()
    server = Server(post, certificate)
    server.start()
    try:
        path = os.path.join(folder, "alerts.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(SETTINGS.format(
                host=HOST, port=server.port, credentials=os.path.join(folder, credentials),
                certificates=f"      certificates: {authority}.crt\n" if authority else ""))
        subprocess.run([program, "alert", "adopt", path], env=environment, check=True,
                       capture_output=True)
        answer = subprocess.run([program, "alert", "test", "--format", "json"], env=environment,
                                check=False, capture_output=True, text=True)
        return outcome(answer), post
    finally:
        server.stop()


def outcome(answer):
    try:
        return json.loads(answer.stdout)[0]["answer"]
    except (ValueError, KeyError, IndexError, TypeError):
        return (answer.stdout + answer.stderr).strip()


def judge(found, expected, post):
    """What is wrong; nothing when all is well."""
    if expected not in found:
        return f"it should be: {expected}"
    if any(not is_tls for is_tls, *_ in post.mails + post.log_ins):
        return "something left in clear"
    if expected != "arrived":
        return "a mail was handed over" if post.mails else ""
    if post.log_ins != [(True, NAME.encode(), PASSWORD.encode())]:
        return "the server did not hear name and password once"
    people = ["duty@lab.example.org", "night@lab.example.org"]
    if [mail[1] for mail in post.mails] != [people]:
        return "the mail did not come once, for everybody"
    return "" if b"Message-ID: " in post.mails[0][2] else "the mail has no identifier"


if __name__ == "__main__":
    sys.exit(main())
