"""In which language, and in which theme, a page is shown."""

from flask import Response, g, request

from exercise.words import Words, languages, preferred, words_in

COOKIE = "lang"
THEME = "theme"
THEMES = frozenset({"light", "dark"})
YEAR_S = 365 * 24 * 3600
NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "zh": "中文",
}


def language() -> str:
    """Return the language of this request: chosen, remembered, or the browser's."""
    if "language" not in g:
        chosen = request.args.get("lang", ""), request.cookies.get(COOKIE, "")
        accepted = list(request.accept_languages.values())
        g.language = preferred([one for one in (*chosen, *accepted) if one])
    found: str = g.language
    return found


def words() -> Words:
    """Return the words of this request's language."""
    return words_in(language())


def theme() -> str:
    """Return the theme that was chosen, or nothing: the system's."""
    chosen = request.cookies.get(THEME, "")
    return chosen if chosen in THEMES else ""


def offered() -> list[dict[str, str]]:
    """Return the languages people may choose, when there is more than one."""
    known = languages()
    if len(known) == 1:
        return []
    return [{"code": one, "name": NAMES.get(one, one)} for one in known]


def remember(response: Response) -> Response:
    """Keep a language that was just chosen."""
    chosen = request.args.get("lang", "")
    if chosen and preferred([chosen]) == language():
        response.set_cookie(COOKIE, language(), max_age=YEAR_S, samesite="Lax")
    return response
