"""A small server on a real engine, driven by the tests over its sockets."""

import argparse
import json
import socket as sockets
import sys
from collections.abc import Callable

from exercise.engine import Engine, load
from exercise.engine.base import Untyped

NAMESPACE = "/live"
EVENTS = ("echo", "not_json", "slowly", "fan", "option", "empty", "end")


def main() -> None:
    options = _options()
    engine = load(options.engine)
    engine.patch()
    from exercise.engine.listen import listen

    sock = listen("127.0.0.1", 0)
    app = Room(engine, options).app
    sys.stdout.write(f"ready {sock.getsockname()[1]}\n")
    sys.stdout.flush()
    engine.serve(app, sock, certificate=options.certificate, key=options.key)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="eventlet")
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--frames", type=int, default=1_000)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    return parser.parse_args()


class Room:
    """A namespace whose events do to the server what a test asks for."""

    def __init__(self, engine: Engine, options: argparse.Namespace) -> None:
        from flask import Flask
        from flask_socketio import SocketIO

        from exercise.engine.line import Limits
        from exercise.engine.supervise import supervise
        from exercise.web.direct import Direct
        from exercise.web.gate import Gate
        from exercise.web.guard import Guard, socket_options

        self.app = Flask(__name__)
        self.engine = engine
        self.live = SocketIO(self.app, **socket_options(engine))
        limits = Limits(frames=options.frames)
        self.direct = Direct(self.live, engine, stock=options.stock, limits=limits)
        self.guard = Guard(self.live)
        supervise(
            "guard",
            lambda: self.guard.watch(engine.sleep),
            spawn=engine.spawn,
            sleep=engine.sleep,
        )
        self.joined: dict[str, str] = {}
        self.connects: list[str] = []
        self.handled: list[int] = []
        self._register()
        ours = ["https://ours.example"]
        self.app.wsgi_app = Gate(self.app.wsgi_app, origins=ours)  # type: ignore[method-assign]  # as Flask's manual does

    def _register(self) -> None:
        self.app.add_url_rule("/", view_func=self.index)
        self.app.add_url_rule("/job", view_func=self.job)
        self.app.add_url_rule("/body", view_func=self.body, methods=["POST"])
        for event in ("connect", "disconnect", *EVENTS):
            self.live.on_event(event, getattr(self, event), namespace=NAMESPACE)

    def index(self) -> dict[str, object]:
        return {
            "dropped": dict(self.direct.lines.dropped + self.guard.dropped),
            "clients": len(self.direct.lines),
            "connects": self.connects,
        }

    def job(self) -> dict[str, object]:
        lines: list[str] = []
        script = "print('one'); print('two'); raise SystemExit(3)"
        code = self.engine.run_job([sys.executable, "-c", script], lines.append)
        total = self.engine.run_blocking(lambda: 2 + 2)
        return {"code": code, "lines": lines, "sum": total}

    def body(self) -> str:
        from flask import request

        return str(len(request.get_data()))

    def connect(self, auth: dict[str, str] | None) -> bool:
        name = (auth or {}).get("name", "")
        self.connects.append(name)
        # What is sent now must neither be lost, nor come before the acceptance, nor
        # ever reach a client that is refused.
        self.send([sid()], name)
        self.engine.sleep(0.02)
        if name == "refused":
            return False
        self.joined[sid()] = name
        return True

    def disconnect(self, _reason: str) -> None:
        self.joined.pop(sid(), None)

    def echo(self, said: object) -> object:
        return said

    def not_json(self, _nothing: object) -> str:
        from exercise.web import strict_json

        try:
            return strict_json.dumps(float("nan"))
        except ValueError as error:
            return str(error)

    def slowly(self, number: int) -> list[int]:
        self.engine.sleep(0.02 if number % 2 else 0)
        self.handled.append(number)
        return self.handled

    def fan(self, asked: dict[str, int]) -> str:
        for number in range(asked["count"]):
            self.send(list(self.joined), [number, "x" * asked["size"]])
        return "sent"

    def option(self, _nothing: object) -> int:
        eio_sid = self.live.server.manager.eio_sid_from_sid(sid(), NAMESPACE)
        line = self.direct.lines.of(eio_sid)
        assert line is not None
        return line.peer.option(sockets.IPPROTO_TCP, sockets.TCP_NODELAY)

    def empty(self, _nothing: object) -> list[str]:
        return [
            _refusal(lambda: self.send([], 1)),
            _refusal(lambda: self.live.emit("x", 1, to=[], namespace=NAMESPACE)),
            _refusal(lambda: self.live.emit("x", 1, namespace=NAMESPACE)),
        ]

    def end(self, name: str) -> str:
        for each in [each for each, called in self.joined.items() if called == name]:
            self.send([each], "goodbye")
            self.direct.hang_up(NAMESPACE, each)
        return "ended"

    def send(self, sids: list[str], value: object) -> None:
        self.direct.send(NAMESPACE, sids, "entries", json.dumps(value).encode())


def sid() -> str:
    from flask import request

    current: Untyped = request
    name: str = current.sid
    return name


def _refusal(send: Callable[[], object]) -> str:
    try:
        send()
    except ValueError as error:
        return type(error).__name__
    return "sent"


if __name__ == "__main__":
    main()
