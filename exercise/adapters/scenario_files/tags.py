"""Language tags as BCP 47 writes them: a language, perhaps its script and region."""

import re

# Every code of ISO 639-1.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co "
    "cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl "
    "gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg "
    "ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk "
    "ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps "
    "pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za "
    "zh zu"
)
LANGUAGES = frozenset(_CODES.split())
_TAG = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?")


def is_language(tag: str) -> bool:
    """Tell whether a tag names a language; of three letters any may be one."""
    found = _TAG.fullmatch(tag)
    return found is not None and (len(found[1]) > 2 or found[1] in LANGUAGES)  # noqa: PLR2004 - ISO 639-1 has two


def written_well(tag: str) -> str:
    """Return a tag in the spelling it has in the register: `zh-hant` is `zh-Hant`."""
    parts = tag.replace("_", "-").split("-")
    tail = [one.title() if len(one) == 4 else one.upper() for one in parts[1:]]  # noqa: PLR2004 - a script
    return "-".join([parts[0].lower(), *tail])
