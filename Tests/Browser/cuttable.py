"""A network that can be cut: a relay in front of the server that loses requests and answers."""

import random
import socket
import threading


class CuttableNetwork:
    """Carries bytes to the server until it is cut; then nothing gets through, and what is under
    way is lost, some of it after the server has done it and before its answer arrives."""

    def __init__(self, server, seed):
        self.server = server
        self.chance = random.Random(seed)
        self.is_cut = False
        self.losing = False
        self.open = set()
        self.cuts = 0
        self.lost_answers = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                inner, _ = self.door.accept()
            except OSError:
                return
            if self.is_cut:
                inner.close()
                continue
            threading.Thread(target=self.carry, args=(inner,), daemon=True).start()

    def carry(self, inner):
        try:
            outer = socket.create_connection(("127.0.0.1", self.server))
        except OSError:
            inner.close()
            return
        self.open |= {inner, outer}
        asked = {"sends": False}
        back = threading.Thread(target=self.pump, args=(outer, inner, asked, True), daemon=True)
        back.start()
        self.pump(inner, outer, asked, False)
        back.join()
        self.open -= {inner, outer}

    def pump(self, source, target, asked, is_answer):
        try:
            while data := source.recv(65536):
                if not is_answer and data[:5] in (b"POST ", b"GET /", b"HEAD "):
                    asked["sends"] = data.startswith(b"POST ")
                if (is_answer and self.losing and asked["sends"]
                        and b"HTTP/1.1 200" in data[:20]):
                    # The server has done it, and nobody hears of it.
                    self.losing = False
                    self.lost_answers += 1
                    break
                target.sendall(data)
        except OSError:
            pass
        for one in (source, target):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()

    def cut(self):
        self.is_cut = True
        self.cuts += 1
        for one in list(self.open):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def lose_answer(self):
        """The next answer to something sent is lost on its way; pages still come."""
        self.losing = True

    def mend(self):
        self.is_cut = False

    def close(self):
        self.door.close()
        self.cut()
