# A mail server that keeps every letter as it came, with its envelope before it, refuses recipients that begin with "ukjent",
# and every login but post with the password hemmelig-7731.
import os
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Keeper:
    n = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("ukjent"):
            return "550 no such recipient here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.n += 1
        path = os.path.join(sys.argv[2], "%d.eml" % self.n)
        with open(path + ".part", "wb") as file:
            file.write(("X-Envelope: %s -> %s\r\n" % (envelope.mail_from, ",".join(envelope.rcpt_tos))).encode())
            file.write(envelope.content)
        os.rename(path + ".part", path)
        return "250 kept"


def is_known(server, session, envelope, mechanism, login):
    return AuthResult(success=login.login == b"post" and login.password == b"hemmelig-7731", handled=False)


Controller(
    Keeper(), hostname="127.0.0.1", port=int(sys.argv[1]), server_hostname="localhost", authenticator=is_known, auth_require_tls=False
).start()
while True:
    time.sleep(60)
