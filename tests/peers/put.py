# A web server that knows GET, HEAD and PUT, as object stores behind a proxy do; folders come with their files.
import http.server
import os
import sys

root = sys.argv[2]


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=root)

    def do_PUT(self):
        path = self.translate_path(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(body)
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
