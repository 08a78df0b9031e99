"""A door before a server, that can be shut, or left open onto nothing."""

import contextlib
import select
import socket
import socketserver
import threading
from collections import Counter


class Proxy:
    """`mode`: well, shut (calls are refused), hangs (calls are taken, and nothing comes back)."""

    def __init__(self, behind):
        self.mode, self.behind = "well", behind
        self.met = Counter()  # {mode: how often somebody ran into it}
        self.server = _Server(("127.0.0.1", 0), _Through)
        self.server.proxy = self
        self.open = set()
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self):
        return self.server.server_address[1]

    def turn(self, mode):
        """From now on, for those who are talking too."""
        self.mode = mode
        if mode == "shut":
            for talk in list(self.open):
                with contextlib.suppress(OSError):
                    talk.shutdown(socket.SHUT_RDWR)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class _Through(socketserver.BaseRequestHandler):
    def handle(self):
        proxy = self.server.proxy
        if proxy.mode == "shut":
            proxy.met["shut"] += 1
            return
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", proxy.behind)) as server:
            pair = {self.request: server, server: self.request}
            proxy.open |= set(pair)
            try:
                while proxy.mode != "shut":
                    ready, _w, _x = select.select(list(pair), [], [], 0.5)
                    if ready and proxy.mode == "hangs":
                        proxy.met["hangs"] += 1
                        threading.Event().wait(0.2)  # what was said stays unread
                    for side in ready if proxy.mode == "well" else []:
                        if not (passed := side.recv(65536)):
                            return
                        pair[side].sendall(passed)
            finally:
                proxy.open -= set(pair)
