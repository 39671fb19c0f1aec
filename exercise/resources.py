"""Where templates, static files and scenarios lie: beside a checkout or in a wheel."""

from functools import cache
from hashlib import sha256
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_assets"
_HOME = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent

TEMPLATES = _HOME / "templates"
STATIC = _HOME / "static"
INJECTS = _HOME / "injects"
LOCALE = _PACKAGE / "locale"

SCENARIO = "scenario.toml"


def scenario_folders(own: Path | None = None) -> dict[str, Path]:
    """Return every scenario folder by its name; one's own goes before a shipped one."""
    homes = [INJECTS] if own is None else [INJECTS, own]
    return {
        file.parent.name: file.parent
        for home in homes
        for file in sorted(home.glob(f"*/{SCENARIO}"))
    }


@cache
def asset(path: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    digest = sha256((STATIC / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:12]}"
