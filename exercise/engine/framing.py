"""Where a request ends: one that tells it twice, or in a way of its own, is refused.

A proxy and a server that read the end of one request differently take part of it for
the next one. What RFC 9112 leaves to servers is therefore settled strictly.
"""

import re
from email.message import Message

LENGTH = re.compile(r"[0-9]{1,18}")
# A folded line is two lines to some readers; NUL ends a line for others.
ODD = re.compile(r"[\r\n\x00]")
FRAMING = ("content-length", "transfer-encoding")

REFUSAL = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def is_plain(headers: "Message[str, str]") -> bool:
    """Tell whether every reader finds the same end of a request with these headers."""
    if headers.defects or headers.get_payload():
        return False  # a line that is no header, and what stood below it
    if any(ODD.search(name) or ODD.search(value) for name, value in headers.items()):
        return False
    lengths, codings = (headers.get_all(name, []) for name in FRAMING)
    if codings:
        return not lengths and [one.lower() for one in codings] == ["chunked"]
    return not lengths or (len(lengths) == 1 and bool(LENGTH.fullmatch(lengths[0])))
