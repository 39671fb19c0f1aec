"""Who may ask for what: every page, every call and every event, as data.

Nothing reads this while serving; a test walks the application and this table side
by side, and asks for each thing as each role.
"""

from collections.abc import Mapping
from typing import TypeAlias

from exercise.web.send import NAMESPACE

Surface: TypeAlias = tuple[str, str]
Roles: TypeAlias = frozenset[str]

ANYONE: Roles = frozenset({"anyone"})
HOST: Roles = frozenset({"host"})
FACILITATOR: Roles = frozenset({"facilitator"})
REVIEWERS: Roles = frozenset({"facilitator", "trainer", "evaluator"})
SCORERS: Roles = frozenset({"facilitator", "trainer"})
RATERS: Roles = frozenset({"trainer", "evaluator"})
PLAYERS: Roles = frozenset({"delegate"})
DESKS: Roles = frozenset({"delegate", "observer"})
MEMBERS: Roles = frozenset(
    {"delegate", "facilitator", "evaluator", "trainer", "observer", "room"}
)

CONSOLE = "/console/<exercise>"
API = "/api/v1"
IN_IT = f"{API}/exercises/<exercise>"

POLICY: Mapping[Surface, Roles] = {
    ("GET", "/"): ANYONE,
    ("POST", "/"): ANYONE,
    ("GET", "/j/<code>"): ANYONE,
    ("POST", "/j/<code>"): ANYONE,
    ("GET", "/j/<code>/qr.svg"): ANYONE,
    ("GET", "/link/<token>"): ANYONE,
    ("POST", "/link/<token>"): ANYONE,
    ("GET", "/desk"): ANYONE,
    ("POST", "/logout"): ANYONE,
    ("GET", "/room/<code>"): ANYONE,
    ("GET", "/static/<path:name>"): ANYONE,
    ("GET", "/catalogue"): ANYONE,
    ("GET", "/favicon.ico"): ANYONE,
    ("GET", "/healthz"): ANYONE,
    ("GET", "/readyz"): ANYONE,
    ("GET", "/metrics"): ANYONE,
    ("GET", "/host"): HOST,
    ("POST", "/host"): HOST,
    ("GET", "/host/trends"): HOST,
    ("POST", "/host/<exercise>/links"): HOST,
    ("GET", "/host/<exercise>/enter"): HOST,
    ("POST", "/host/<exercise>/enter"): HOST,
    ("GET", CONSOLE): FACILITATOR,
    ("GET", f"{CONSOLE}/runlist"): FACILITATOR,
    ("GET", f"{CONSOLE}/board"): FACILITATOR,
    ("GET", f"{CONSOLE}/people"): FACILITATOR,
    ("GET", f"{CONSOLE}/score"): FACILITATOR,
    ("GET", f"{CONSOLE}/join"): FACILITATOR,
    ("GET", f"{CONSOLE}/knowledge"): FACILITATOR,
    ("GET", f"{CONSOLE}/rule/<inject>"): FACILITATOR,
    ("GET", f"{CONSOLE}/compliance"): FACILITATOR,
    ("GET", "/review/<exercise>/compliance"): REVIEWERS,
    ("GET", "/desk/<member>/compliance"): DESKS,
    ("GET", f"{CONSOLE}/view/<party>"): FACILITATOR,
    ("GET", "/desk/<member>"): DESKS,
    ("GET", "/desk/<member>/composer/<instrument>"): PLAYERS,
    ("GET", "/desk/<member>/versions"): PLAYERS,
    ("GET", "/desk/<member>/texts/<text>"): PLAYERS,
    ("GET", "/review/<exercise>"): REVIEWERS,
    ("GET", "/review/<exercise>/report.html"): REVIEWERS,
    ("GET", "/review/<exercise>/trends"): SCORERS,
    ("POST", "/review/<exercise>/fork"): FACILITATOR,
    ("GET", "/review/<exercise>/made/<form>"): SCORERS,
    ("POST", f"{API}/join"): ANYONE,
    ("POST", f"{API}/exercises"): HOST,
    ("POST", f"{IN_IT}/commands"): MEMBERS,
    ("GET", f"{IN_IT}/entries"): MEMBERS,
    ("GET", f"{IN_IT}/papers/<sha256>"): MEMBERS,
    ("GET", f"{IN_IT}/ratings/mine"): RATERS,
    ("GET", f"{IN_IT}/score"): SCORERS,
    ("GET", f"{IN_IT}/record.jsonl"): SCORERS,
    ("GET", f"{IN_IT}/report.<form>"): SCORERS,
    ("GET", f"{API}/openapi.json"): ANYONE,
    (NAMESPACE, "connect"): MEMBERS,
    (NAMESPACE, "disconnect"): MEMBERS,
    (NAMESPACE, "sync"): MEMBERS,
    (NAMESPACE, "command"): MEMBERS,
    (NAMESPACE, "seen"): MEMBERS,
}
"""By (method, rule) and by (namespace, event)."""
