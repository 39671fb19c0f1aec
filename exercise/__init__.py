"""Détente: tabletop cyber-crisis exercises for diplomats."""
