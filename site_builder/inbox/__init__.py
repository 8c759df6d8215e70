"""Leads on their way into the data, each once, and a person's way out of it.

sources fetches them, from places that stored (a database) and remote (HTTP) know how to ask; arrivals says what they add to the
tables, claims what to look at, writing writes them; erasure takes a person out.
"""
