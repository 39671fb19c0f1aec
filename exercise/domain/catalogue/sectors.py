"""The sectors an inject may hit: those of the NIS2 Directive, and four beside them."""

SECTORS = (
    # Directive (EU) 2022/2555, Annex I, in our short words.
    "energy",
    "transport",
    "banking",
    "financial markets",
    "health",
    "water",
    "digital infrastructure",
    "ICT services",
    "government",
    "space",
    # Annex II.
    "post",
    "waste",
    "chemicals",
    "food",
    "manufacturing",
    "digital providers",
    "research",
    # Beside the directive: what a crisis between States touches as well.
    "justice",
    "defence",
    "media",
    "elections",
)
"""Every word a scenario may put in `sector`."""
