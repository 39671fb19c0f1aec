"""Checking records with Python alone; a bundle's `verify.py` is made of these."""

from exercise.adapters.proof.inclusion import verify_proofs
from exercise.adapters.proof.lines import Broken, fingerprint
from exercise.adapters.proof.verifier import Verdict, verify

__all__ = ["Broken", "Verdict", "fingerprint", "verify", "verify_proofs"]
