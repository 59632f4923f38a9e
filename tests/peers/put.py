# A web server that knows GET, HEAD and PUT, as object stores behind a proxy do; folders come with their files.
# Names tell how else it behaves, at the first time: `stille` is taken, and `mistet` dropped, without a word;
# `opptatt` is to be sent again in five minutes.
import http.server
import os
import sys

root = sys.argv[2]
seen = set()


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=root)

    def do_PUT(self):
        path = self.translate_path(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name = os.path.basename(path)
        is_first = name not in seen
        seen.add(name)
        self.log_message("took %s", name)
        if is_first and name == "opptatt":
            self.send_response(503)
            self.send_header("Retry-After", "300")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if not is_first or name != "mistet":
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(body)
        if is_first and name in ("stille", "mistet"):
            self.close_connection = True
            return
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
