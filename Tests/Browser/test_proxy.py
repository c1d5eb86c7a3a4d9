"""The shipped configuration of nginx, with a browser in front of it and a server behind."""

import pathlib
import subprocess
import time

import pytest
from conftest import ROOT, Laboratory, free_port, until

NGINX = "/usr/sbin/nginx"


@pytest.fixture
def proxied(tmp_path):
    """A laboratory that is reached through TLS alone."""
    laboratory = Laboratory(tmp_path / "laboratory")
    laboratory.stop()
    laboratory.start([
        "serve", "--database", str(laboratory.database), "--port", str(laboratory.port),
        "--behind-tls"])
    clear, secure = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem"],
        check=True, capture_output=True)
    shipped = (ROOT / "deploy/nginx.conf").read_text()
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{clear};", "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "listen [::]:443 ssl http2;": "", "laboratory.example": "localhost",
        "/etc/ssl/swabline": str(tmp_path), "127.0.0.1:8080": f"127.0.0.1:{laboratory.port}",
    }.items():
        assert old in shipped, old
        shipped = shipped.replace(old, new)
    (tmp_path / "swabline.conf").write_text(shipped)
    temporary = "\n".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/nginx.pid;\nerror_log {tmp_path}/error.log;\ndaemon off;\n"
        f"events {{}}\nhttp {{ {temporary}\ninclude {tmp_path}/swabline.conf; }}\n")
    nginx = subprocess.Popen(
        [NGINX, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)],
        stderr=subprocess.PIPE)
    laboratory.clear = f"http://127.0.0.1:{clear}"
    laboratory.address = f"https://localhost:{secure}"
    deadline = time.time() + 20
    while not pathlib.Path(tmp_path / "nginx.pid").exists():
        assert nginx.poll() is None, nginx.stderr.read()
        assert time.time() < deadline
        time.sleep(0.05)
    yield laboratory
    nginx.terminate()
    nginx.wait(timeout=10)
    laboratory.stop()


def test_proxy(proxied, page_in):
    page = page_in("en", ignore_https_errors=True)
    proxied.sign_in(page, "wang.fang")
    assert page.url.endswith("/board")
    session = next(
        cookie for cookie in page.context.cookies() if "session" in cookie["name"])
    assert session["name"] == "__Host-session"
    assert session["secure"] and session["httpOnly"] and session["sameSite"] == "Lax"
    answer = page.goto(proxied.address + "/board")
    assert answer.headers["strict-transport-security"]
    # Events come through as they happen: the board says that it is live within seconds.
    until(page, "document.querySelector('#live')?.dataset.state === 'live'", seconds=10)
    # A page asked for without TLS is sent to the one with it.
    plain = page.context.request.get(proxied.clear + "/sign-in", max_redirects=0)
    assert plain.status == 301 and plain.headers["location"].startswith("https://")
    # A form that is larger than a manifest may be never reaches the server.
    large = page.context.request.post(
        proxied.address + "/manifests", data=b"x" * (33 << 20), max_redirects=0)
    assert large.status == 413
