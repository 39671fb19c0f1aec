"""Scales of assessment: severity, likelihood, confidence, grading and handling."""

from exercise.domain.catalogue.entry import rows

SCALES = (
    *rows(
        "NCSC",
        "UK NCSC incident categories",
        (
            (
                "1",
                "National cyber emergency",
                (
                    "Sustained disruption of essential services or national security, "
                    "with severe consequences or loss of life."
                ),
            ),
            (
                "2",
                "Highly significant incident",
                (
                    "Serious impact on central government, essential services, or a "
                    "large share of population or economy."
                ),
            ),
        ),
        verified=True,
        citable=False,
    ),
    *rows(
        "NCSC",
        "UK NCSC incident categories",
        (
            (
                "3",
                "Significant incident",
                (
                    "Serious impact on a large organisation or on local government, or "
                    "considerable risk to central government or essential services."
                ),
            ),
            (
                "4",
                "Substantial incident",
                (
                    "Serious impact on a medium-sized organisation, or considerable "
                    "risk to a large one or to local government."
                ),
            ),
            (
                "5",
                "Moderate incident",
                "Impact on a small organisation, or risk to a medium-sized one.",
            ),
            (
                "6",
                "Localised incident",
                "Impact on individuals, or risk to a small organisation.",
            ),
        ),
        verified=False,
        citable=False,
    ),
    *rows(
        "ICD203",
        "US Intelligence Community Directive 203",
        (
            ("L1", "Almost no chance", "1 to 5 per cent."),
            ("L2", "Very unlikely", "5 to 20 per cent."),
            ("L3", "Unlikely", "20 to 45 per cent."),
            ("L4", "Roughly even chance", "45 to 55 per cent."),
            ("L5", "Likely", "55 to 80 per cent."),
            ("L6", "Very likely", "80 to 95 per cent."),
            ("L7", "Almost certain", "95 to 99 per cent."),
        ),
        verified=True,
        citable=False,
    ),
    *rows(
        "CONFIDENCE",
        "MISP taxonomies, after common analytic practice",
        (
            ("low", "Low confidence", "Sources thin or doubtful, logic with gaps."),
            (
                "moderate",
                "Moderate confidence",
                "Sources credible, not enough to rule out other readings.",
            ),
            (
                "high",
                "High confidence",
                "Good sources, sound logic, few assumptions; still no certainty.",
            ),
        ),
        verified=False,
        citable=False,
    ),
    *rows(
        "ADMIRALTY",
        "NATO system (Admiralty code)",
        (
            ("A", "Completely reliable", "No doubt about the source."),
            ("B", "Usually reliable", "Minor doubt about the source."),
            ("C", "Fairly reliable", "Doubt, yet valid information in the past."),
            ("D", "Not usually reliable", "Significant doubt about the source."),
            ("E", "Unreliable", "A history of invalid information."),
            ("F", "Cannot be judged", "No basis to judge the source."),
            ("1", "Confirmed", "Confirmed by independent sources."),
            ("2", "Probably true", "Not confirmed, consistent with what is known."),
            ("3", "Possibly true", "Not confirmed, agrees with some information."),
            ("4", "Doubtful", "Not confirmed, possible but not logical."),
            ("5", "Improbable", "Contradicted by other information."),
            ("6", "Cannot be judged", "No basis to judge the information."),
        ),
        verified=False,
        citable=False,
    ),
    *rows(
        "TLP",
        "FIRST, Traffic Light Protocol 2.0 (2022)",
        (
            ("RED", "TLP:RED", "For the named recipients only."),
            (
                "AMBER+STRICT",
                "TLP:AMBER+STRICT",
                "For the recipient's organisation only, as far as it must know.",
            ),
            (
                "AMBER",
                "TLP:AMBER",
                (
                    "For the recipient's organisation and its clients, as far as they "
                    "must know."
                ),
            ),
            (
                "GREEN",
                "TLP:GREEN",
                "For the community, not through public channels.",
            ),
            ("CLEAR", "TLP:CLEAR", "No limit."),
        ),
        verified=True,
        citable=False,
    ),
    *rows(
        "HSEEP",
        "Homeland Security Exercise and Evaluation Program",
        (
            (
                "P",
                "Performed without challenges",
                "Tasks were done and objectives met.",
            ),
            (
                "S",
                "Performed with some challenges",
                "Tasks were done and objectives met, with some challenges.",
            ),
            (
                "M",
                "Performed with major challenges",
                "Tasks were done and objectives met, with major challenges.",
            ),
            (
                "U",
                "Unable to be performed",
                "Tasks were not done to the objective or measure.",
            ),
        ),
        verified=True,
        citable=False,
    ),
)
