"""Portals to look at: the smallest one, one with very long words, variants of the demo; and the real command to build them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copytree

from tests.browser.judges import ROOT

THREE_FILES = {
    "data/portal.yaml": """\
name: Harbour IT
base_url: https://refer.harbour.example/
locale: en-GB
currency: GBP
timezone: Europe/London
contact: {email: hello@harbour.example}
as_of: 2026-10-31
""",
    "data/positioning.yaml": """\
promise: We keep firms of 10 to 80 people working, and answer in nine minutes.
ideal_client: {situation: one overworked person does IT}
triggers: [{phrase: Our IT people take two days to ring back.}]
""",
    "data/incentives.yaml": "rules: []\n",
}

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
"""80 letters without a place to break: what a firm, a person or a street may be called."""

LONG_WORDS = {
    "data/portal.yaml": f"""\
name: {LONG} IT
tagline: {LONG}
base_url: https://refer.harbour.example/
locale: en-GB
currency: GBP
timezone: Europe/London
contact: {{name: {LONG}, email: {LONG[:60].lower()}@{LONG[:60].lower()}.example, phone: "+44 20 7946 0000 0000 0000"}}
legal: {{controller: {LONG}, address: {LONG}, privacy_email: {LONG[:60].lower()}@harbour.example}}
form: {{backend: mailto, respond_within: "{LONG}"}}
as_of: 2026-10-31
""",
    "data/positioning.yaml": f"""\
promise: We keep {LONG} working.
ideal_client: {{situation: {LONG}, industries: [{LONG}, dental], seats: {{from: 10, to: 80}}, locations: [{LONG}]}}
triggers: [{{phrase: {LONG}, means: {LONG}, say: {LONG}}}]
problems: [{LONG}]
not_for: [{LONG}]
differentiators: [{{claim: {LONG}, kind: service, evidence: {LONG}, client_words: {LONG}}}]
""",
    "data/incentives.yaml": f"""\
rules:
  - {{id: hamper, title: {LONG}, plain: {LONG}, type: gift, what: {LONG}, cost: "45", to_share: yes}}
  - {{id: welcome, title: {LONG}, plain: {LONG}, type: discount, percent: "50", months: 1}}
""",
    "data/trust.yaml": f"""\
guarantees: [{{title: {LONG}, promise: {LONG}, if_we_fail: {LONG}}}]
capacity: {{statement: {LONG}, promise_to_clients: {LONG}, slots_a_month: 6, slots_taken: 4, show_numbers: yes}}
team: [{{name: {LONG}, role: {LONG}, cares_about: {LONG}, contact: {LONG[:60].lower()}@harbour.example, public: yes}}]
outcomes: [{{metric: {LONG}, value: "123456789.123456789", source: {LONG}, measured_on: 2026-09-30}}]
reviews_elsewhere: [{{site: {LONG}, score: "4.8", count: 112, answer: {LONG}}}]
testimonials: [{{words: {LONG}, who: {LONG}, client: long, consent_on: 2026-03-01}}]
""",
    "data/rewards.yaml": f"""\
utilisation: {{months: 3, inclusive: yes, tiers: [{{name: {LONG}, up_to_percent: 10, reward: {LONG}, value: "300"}}]}}
practices: {{items: [{{id: mfa, title: {LONG}}}], tiers: [{{name: {LONG}, practices: [mfa], discount_percent: 5}}]}}
""",
    "data/clients.csv": f"""\
client_id,name,industry,location,website,since,offers,target_customer,target_industries,target_locations,buying_triggers,listed
long,{LONG},{LONG},{LONG},https://{LONG[:60].lower()}.example/,2020-01-01,{LONG},{LONG},{LONG};dental,{LONG},{LONG},yes
other,{LONG} too,{LONG},{LONG},,2020-01-01,{LONG},{LONG},,,,yes
third,Third,dental,Leeds,,2020-01-01,,,,,,yes
""",
    "data/referrers.csv": f"referrer_id,name,audience,kind,named,link_code\nlong,{LONG},owner,friend,yes,7QK3M9TX\n",
    "content/spotlights/2026-09-long.md": (
        f"---\nclient: long\nmonth: 2026-09\nheadline: {LONG}\ncontext: {LONG}\nwhat_they_do: {LONG}\n"
        f"link: https://{LONG[:60].lower()}.example/\nquote: {LONG}\npermission_on: 2026-09-30\n---\n\n{LONG}\n"
    ),
    "content/stories/long.md": (
        f"---\nkind: win\nclient: long\nhappened_on: 2026-09-01\nheadline: {LONG}\npermission_on: 2026-09-30\n---\n\n{LONG}\n"
    ),
    "content/events/long.md": f"---\ntitle: {LONG}\non: 2026-12-01\nwhere: {LONG}\nfor: {LONG}\n---\n\n{LONG}\n",
    "content/terms/v1.md": f"---\nversion: v1\neffective_on: 2025-01-01\ntitle: {LONG}\n---\n\n{LONG}\n",
    "content/terms/v2.md": f"---\nversion: v2\neffective_on: 2026-01-01\ntitle: {LONG}\n---\n\n{LONG} {LONG}\n",
    "content/share/long.md": f"---\naudience: owner\ntrigger: {LONG}\nchannel: message\n---\n\n{LONG}\n",
    "data/referrals.csv": (
        "referral_id,received_on,referrer_id,prospect,status,won_on,source\nlong,2026-08-01,long,Firm,won,2026-09-01,referral\n"
    ),
    "content/pages/long.md": (
        f"---\ntitle: {LONG}\nnav_order: 1\n---\n\n# {LONG}\n\n{LONG} `{LONG}`\n\n"
        f"- {LONG}\n\n> {LONG}\n\n```\n{LONG} {LONG}\n```\n\n| {LONG} | {LONG} |\n|---|---|\n| {LONG} | {LONG} |\n"
    ),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write a portal's files by their paths in it; gives the folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def demo_with(folder: Path, changes: dict[str, str]) -> Path:
    """Copy the demo with lines of its portal.yaml replaced, each named by how the old line starts; gives the folder."""
    for part in ("data", "content"):
        copytree(ROOT / part, folder / part)
    settings = folder / "data" / "portal.yaml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    for start, new in changes.items():
        (number,) = (number for number, line in enumerate(lines) if line.startswith(start))
        lines[number] = new
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def build(portal: Path, output: Path) -> Path:
    """Build a portal by the real command; gives the output folder."""
    command = [sys.executable, "-m", "site_builder", "build", "--portal", str(portal), "--output", str(output)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return output
