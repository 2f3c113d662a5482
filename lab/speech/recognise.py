"""POST /v1/audio/transcriptions around Debian's PocketSphinx: a grammar's sentences, not free speech. Loopback only.

recognise.py PORT GRAMMAR. Takes what the agent sends: a form with a WAV of 16 bit, one channel, 16 kHz.
"""

import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pocketsphinx import Decoder

MODEL = "/usr/share/pocketsphinx/model/en-us"
WAV_HEADER = 44
# A decoder expects speech to begin and to end.
SILENCE = b"\0" * 6400


def decoder(grammar):
    config = Decoder.default_config()
    for name, value in {
        "-hmm": f"{MODEL}/en-us",
        "-dict": f"{MODEL}/cmudict-en-us.dict",
        "-jsgf": grammar,
        "-logfn": "/dev/null",
    }.items():
        config.set_string(name, value)
    return Decoder(config)


def file_of(content_type, body):
    """The part of the form that is a file."""
    boundary = content_type.split("boundary=")[1].strip('"').encode()
    for part in body.split(b"--" + boundary):
        head, _, content = part.partition(b"\r\n\r\n")
        if b"filename=" in head:
            return content.removesuffix(b"\r\n")
    raise ValueError("no file")


class Ear(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    lock = threading.Lock()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            samples = file_of(self.headers["Content-Type"], body)[WAV_HEADER:]
            self.answer(200, {"text": self.recognise(samples)})
        except (IndexError, TypeError, ValueError) as error:
            self.answer(400, {"error": {"message": str(error)}})

    def recognise(self, samples):
        with self.lock:
            self.server.decoder.start_utt()
            self.server.decoder.process_raw(SILENCE + samples + SILENCE, False, True)
            self.server.decoder.end_utt()
            best = self.server.decoder.hyp()
        return best.hypstr if best else ""

    def answer(self, status, value):
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, *_):
        """What callers say is not logged."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def get_request(self):
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection, address


if __name__ == "__main__":
    server = Server(("127.0.0.1", int(sys.argv[1])), Ear)
    server.decoder = decoder(sys.argv[2])
    print("ready", flush=True)
    server.serve_forever()
