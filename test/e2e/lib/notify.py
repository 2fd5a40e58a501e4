#!/usr/bin/env python3
"""A service manager: listens where a service tells how it is, and writes down what it hears.

usage: notify.py SOCKET|@NAME DAEMON-SOCKET

Each message is a line on stdout; READY=1 with whether a client can connect at that moment. Ends with STOPPING=1.
"""

import socket
import sys


def can_connect(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(path)
        except OSError as error:
            return f"refused ({error.strerror})"
    return "connected"


def main(arguments):
    address, daemon = arguments[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("\0" + address[1:] if address.startswith("@") else address)
        manager.settimeout(60)
        print("listening", flush=True)
        message = ""
        while message != "STOPPING=1":
            message = manager.recv(4096).decode()
            outcome = f" {can_connect(daemon)}" if message == "READY=1" else ""
            print(message + outcome, flush=True)


if __name__ == "__main__":
    main(sys.argv)
