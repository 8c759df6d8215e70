"""Referral Portal: a folder of YAML, CSV and Markdown becomes a static portal for a referral programme."""

__version__ = "0.1.0"
