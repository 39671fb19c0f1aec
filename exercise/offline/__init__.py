"""The composition root without a server: rehearsals, records, and the stored rest."""
