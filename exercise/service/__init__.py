"""Use-cases: what the product does with the rules, through ports."""
