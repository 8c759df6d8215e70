"""Passphrases as somebody types them, and the plain form tried after them; "" for none. Python and the browser agree."""

from __future__ import annotations

PLAIN = {
    "senator partition": "",
    "  senator\u00a0 partition\n": "",
    "Senator-Partition Qualify\u2026": "senator partition qualify",
    "senator.partition,qualify_catcher": "senator partition qualify catcher",
    "SENATOR PARTITION.": "senator partition",
    "senator\u2011partition \u2013 qualify\u2014catcher\u2212citrus": "senator partition qualify catcher citrus",
    "\uff33\uff45\uff4e\uff41\uff54\uff4f\uff52\uff0d\uff30\uff41\uff52\uff54\uff0e": "senator part",
    "senator\u200b partition\ufeff": "senator partition",
    "\u0130stanbul I\u0307zmir ISPARTA": "istanbul izmir isparta",
    "gr\u00fc\u00dfe an \u00c5sa": "gr\u00fc\u00dfe an \u00e5sa",
    "\u039f\u0394\u039f\u03a3-\u03a3\u0391\u03a3": "\u03bf\u03b4\u03bf\u03c2 \u03c3\u03b1\u03c2",
    "Drop-Down Felt.Tip T Shirt yo_yo": "drop-down felt-tip t-shirt yo-yo",
    "yo yo yo yo": "yo-yo yo-yo",
    "Backdrop Down Yo Yoga": "backdrop down yo yoga",
    "drop-down senator": "",
    "\u201csenator partition\u201d": "senator partition",
    '"Senator partition."': "senator partition",
    "\u201eSenator Partition!\u201c": "senator partition",
    "\xab\xa0senator partition\xa0\xbb": "senator partition",
    "\u2018senator partition\u2019?": "senator partition",
    "senator partition\uff01": "senator partition",
    "O'Brien's 'rock!' band": "o'brien's 'rock!' band",
    '"!?"': "",
    "-": "",
    "\u2026": "",
    "": "",
}
