"""The eleven voluntary norms of responsible State behaviour of 2015."""

from exercise.domain.catalogue.entry import rows

_SOURCE = "UN GGE 2015, A/70/174, paragraph 13"

NORMS = (
    *rows(
        "UN-NORM",
        _SOURCE,
        (
            (
                "13a",
                "Cooperate for stability",
                (
                    "Work together on measures that keep the use of ICTs stable and "
                    "secure, and prevent harmful practices."
                ),
            ),
            (
                "13b",
                "Consider all information",
                (
                    "Before judging an incident, weigh its context, the difficulty of "
                    "attribution, and the nature and extent of the consequences."
                ),
            ),
            (
                "13c",
                "No knowing use of territory",
                (
                    "Do not knowingly let your territory be used for internationally "
                    "wrongful acts with ICTs."
                ),
            ),
            (
                "13d",
                "Cooperate against crime and terrorism",
                (
                    "Exchange information, assist each other and prosecute criminal "
                    "and terrorist use of ICTs."
                ),
            ),
            (
                "13e",
                "Human rights and privacy online",
                (
                    "Respect human rights, freedom of expression and privacy while "
                    "securing the use of ICTs."
                ),
            ),
            (
                "13f",
                "Do not damage critical infrastructure",
                (
                    "Do not conduct or knowingly support ICT activity, contrary to "
                    "your obligations, that damages or impairs critical infrastructure."
                ),
            ),
            (
                "13g",
                "Protect your own critical infrastructure",
                (
                    "Take appropriate measures to protect your critical infrastructure "
                    "from ICT threats."
                ),
            ),
        ),
        verified=True,
    ),
    *rows(
        "UN-NORM",
        _SOURCE,
        (
            (
                "13h",
                "Answer requests for assistance",
                (
                    "Respond to appropriate requests for help, and to requests to stop "
                    "malicious activity from your territory against another's critical "
                    "infrastructure."
                ),
            ),
            (
                "13i",
                "Supply chain integrity",
                (
                    "Take reasonable steps so that users can trust products; curb "
                    "malicious tools and hidden harmful functions."
                ),
            ),
            (
                "13j",
                "Report vulnerabilities responsibly",
                (
                    "Encourage responsible reporting of vulnerabilities and share "
                    "remedies."
                ),
            ),
            (
                "13k",
                "Do no harm to response teams",
                (
                    "Do not attack the authorised emergency response teams of others, "
                    "nor use your own for malicious acts."
                ),
            ),
        ),
        verified=False,
    ),
)
