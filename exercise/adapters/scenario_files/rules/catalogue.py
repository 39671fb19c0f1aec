"""The identifiers of norms, measures and law that a scenario may cite."""

CATALOGUE = (
    *(f"UN-NORM:13{letter}" for letter in "abcdefghijk"),
    *(f"OSCE-CBM:{number}" for number in range(1, 17)),
    *(f"UN-CBM:{number}" for number in range(1, 9)),
    *(f"OAS-CBM:{number}" for number in range(1, 7)),
    *(f"EU-CDT:{name}" for name in ("PREV", "COOP", "STAB", "RESTR", "LAWF")),
    *(
        f"LAW:{name}"
        for name in (
            "BUD", "UNCC", "SOV", "NONINT", "DD", "RET", "CM", "SD", "RESP",
        )
    ),
)  # fmt: skip
