"""Treaties and concepts of law, and the EU's cyber diplomacy toolbox."""

from exercise.domain.catalogue.entry import Entry, rows


def _law(
    item: str, short: str, text: str, source: str, *, contested: bool = False
) -> Entry:
    return Entry(
        id=f"LAW:{item}",
        short=short,
        text=text,
        source=source,
        verified=True,
        contested=contested,
    )


LAW = (
    _law(
        "BUD",
        "Budapest Convention",
        "Contact points for immediate assistance at any hour (article 35) and "
        "expedited preservation of data (article 29), between its parties.",
        "Convention on Cybercrime, ETS 185 (2001)",
    ),
    _law(
        "UNCC",
        "UN Convention against Cybercrime",
        "Adopted in December 2024 and opened for signature in October 2025; in force "
        "ninety days after the fortieth instrument, and only between its parties.",
        "A/RES/79/243 (2024)",
    ),
    _law(
        "SOV",
        "Sovereignty",
        "Widely affirmed; whether it is a rule of its own below intervention is "
        "disputed.",
        "State practice and national positions",
        contested=True,
    ),
    _law(
        "NONINT",
        "Non-intervention",
        "No coercion in matters reserved to a State; elections are the classic case.",
        "Customary international law",
    ),
    _law(
        "DD",
        "Due diligence",
        "Do not knowingly allow your territory to be used for acts contrary to the "
        "rights of others; an obligation of conduct whose binding character States "
        "debate.",
        "Customary international law",
        contested=True,
    ),
    _law(
        "RET",
        "Retorsion",
        "An unfriendly but lawful act; it needs no prior wrong.",
        "Customary international law",
    ),
    _law(
        "CM",
        "Countermeasures",
        "Only by the injured State against the responsible one, after a wrongful act "
        "attributable to it, a call to comply, and notice with an offer to negotiate "
        "unless it is urgent; proportionate. Collective ones are unsettled.",
        "ILC Articles on State Responsibility (2001)",
        contested=True,
    ),
    _law(
        "SD",
        "Self-defence",
        "Against an armed attack: for most States only grave uses of force with "
        "death, injury or damage.",
        "Charter of the United Nations, article 51",
        contested=True,
    ),
    _law(
        "RESP",
        "Spectrum of State responsibility",
        "Ten steps from acts that a State prohibits to acts integrated with it.",
        "J. Healey, as in the MISP taxonomies",
    ),
)

TOOLBOX = rows(
    "EU-CDT",
    "EU cyber diplomacy toolbox (2017), implementing guidelines 10289/23",
    (
        (
            "PREV",
            "Preventive measures",
            "Confidence-building, awareness of EU policy, capacity-building.",
        ),
        (
            "COOP",
            "Cooperative measures",
            "Political and thematic dialogues, démarches for cooperation.",
        ),
        (
            "STAB",
            "Stability measures",
            "Statements, Council conclusions, démarches and signalling.",
        ),
        (
            "RESTR",
            "Restrictive measures",
            "Travel bans, asset freezes and other sanctions.",
        ),
        (
            "LAWF",
            "Support to lawful responses",
            (
                "Support for lawful individual or collective responses of Member "
                "States, and mutual assistance."
            ),
        ),
    ),
    verified=False,
)
