"""Who may ask for what: every surface as every role about every object, executed."""
