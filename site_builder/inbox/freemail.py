"""Which firm an e-mail address speaks of; addresses of providers that serve everybody speak of none."""

from __future__ import annotations

import re
from typing import Final

FREEMAIL: Final = frozenset(
    {
        # The large ones, everywhere
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com"),
        *("rocketmail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "pm.me", "gmx.com"),
        *("mail.com", "zoho.com", "fastmail.com", "hey.com", "tutanota.com", "tuta.io", "yandex.com", "mail.ru", "qq.com"),
        *("163.com", "126.com", "duck.com", "hushmail.com", "passmail.net", "simplelogin.com", "privaterelay.appleid.com"),
        # The United Kingdom and Ireland
        *("hotmail.co.uk", "live.co.uk", "outlook.ie", "yahoo.co.uk", "yahoo.ie", "btinternet.com", "btopenworld.com"),
        *("sky.com", "talktalk.net", "virginmedia.com", "ntlworld.com", "blueyonder.co.uk", "tiscali.co.uk", "plus.com"),
        *("plusnet.com", "eircom.net"),
        # North America, Australia, New Zealand
        *("comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net"),
        *("rogers.com", "shaw.ca", "sympatico.ca", "telus.net", "bigpond.com", "optusnet.com.au", "xtra.co.nz"),
        # Elsewhere in Europe
        *("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "arcor.de"),
        *("hotmail.de", "outlook.de", "yahoo.de", "hotmail.fr", "outlook.fr", "yahoo.fr", "orange.fr", "wanadoo.fr", "free.fr"),
        *("sfr.fr", "laposte.net", "hotmail.it", "yahoo.it", "libero.it", "virgilio.it", "tiscali.it", "hotmail.es", "yahoo.es"),
        *("outlook.es", "telefonica.net", "ziggo.nl", "kpnmail.nl", "planet.nl", "xs4all.nl", "telenet.be", "skynet.be"),
        *("bluewin.ch", "hispeed.ch", "aon.at", "wp.pl", "onet.pl", "o2.pl", "interia.pl", "seznam.cz", "telia.com"),
    }
)
"""Domains under which people who have nothing to do with one another get their mail."""
_ADDRESS: Final = re.compile(r"[^\s@<>]+@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})", re.ASCII)
_LONGEST: Final = 253


def address(contact: str) -> str:
    """Return the e-mail address that a way to reach somebody is, in small letters; "" for a number or anything else."""
    plain = contact.strip().removeprefix("mailto:").casefold().rstrip(".")
    return plain if _ADDRESS.fullmatch(plain) else ""


def own_domain(contact: str) -> str:
    """Return the domain of a firm's own mail, without "www."; "" for a number, and for a provider that serves everybody."""
    domain = address(contact).rpartition("@")[2].removeprefix("www.")
    return "" if domain in FREEMAIL or len(domain) > _LONGEST else domain
