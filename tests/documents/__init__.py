"""The rules, tested as stories."""
