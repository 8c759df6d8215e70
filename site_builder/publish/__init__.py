"""Finished files become the output folder: staged beside it, then swapped in whole, or not at all.

    publish(artifacts, Path("output"))  →  Summary of what came, changed and went, or PublishRefused with a Problem
    repair(Path("output"))              →  ends a swap that was cut short; comes first in commands that read output

Beside an output folder called NAME stand, while a publish runs or after one was killed:

    .NAME.lock             one publish at a time
    .NAME.staging-fresh    the new site while it is filled; after an exchange the old one, until it is deleted
    .NAME.staging-former   the old site between two renames, where the system cannot exchange folders
    .NAME.swap-journal     stands while those two renames are under way: the folder's names alone do not say it

The next publish removes what a killed one left. Codes: B101 the folder is not ours; B102 too many pages would vanish;
B103 the place is unsuitable; B104 files in it that portal did not write; B105 the system said no; B106 another publish
is running. And D701: the private pages would vanish because the portal's secret is missing.
"""

from site_builder.publish.disk import Disk
from site_builder.publish.publishing import Summary, publish
from site_builder.publish.refusal import PublishRefused
from site_builder.publish.swap import repair

__all__ = ["Disk", "PublishRefused", "Summary", "publish", "repair"]
