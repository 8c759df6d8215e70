"""D: what stands in the files, and whether it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from site_builder.codes.kind import ADVICE, ERROR, NOTE, WARNING, Code

FILES: Mapping[str, Code] = MappingProxyType(
    {
        # Files
        "D001": Code(
            ERROR,
            "a required file is missing",
            "A portal starts with portal.yaml, positioning.yaml and incentives.yaml.",
        ),
        "D002": Code(ERROR, "a file is not UTF-8", "Only UTF-8 keeps every name the way its owner writes it, on every machine."),
        "D003": Code(ERROR, "a file, a cell or a structure is too large", "Bounds keep a mistake from taking the machine down."),
        "D004": Code(
            ERROR, "a link leads out of the portal", "A link to elsewhere could publish a file nobody meant to publish."
        ),
        "D005": Code(
            ERROR,
            "a file cannot be read",
            "What cannot be read cannot be checked, and a gap must not look like an empty table.",
        ),
        "D006": Code(
            WARNING,
            "an unknown file or folder",
            "A misnamed file is never read, and its clients would vanish unnoticed.",
        ),
        "D007": Code(
            NOTE,
            "a hidden file is left out",
            "Files that begin with a dot often hold secrets; only .well-known is published.",
        ),
        "D008": Code(
            ERROR,
            "a file of this kind is not published",
            "Scripts and pages of unknown make could undo the portal's safety.",
        ),
        # CSV
        "D101": Code(
            NOTE,
            "another separator than the comma",
            "Read as it stands; saving with commas makes it readable everywhere.",
        ),
        "D102": Code(ERROR, "a quotation mark is never closed", "Everything after it would be read as one cell."),
        "D103": Code(ERROR, "a row with too many or too few cells", "Its cells would stand under the wrong headings."),
        "D104": Code(ERROR, "a required column is missing", "Without it no row can be understood."),
        "D105": Code(ERROR, "an unknown column", "A misspelt column is never read, and its values would vanish unnoticed."),
        "D106": Code(ERROR, "a column stands there twice", "Nobody can tell which of the two counts."),
        "D107": Code(ERROR, "a column without a name", "Its values would vanish unnoticed."),
        "D108": Code(ERROR, "a table without a header row", "Without names nobody can tell which cell is which."),
        "D109": Code(NOTE, "a table with a header only", "It counts as not started."),
        # Values
        "D201": Code(ERROR, "a required value is empty", "The rules need it."),
        "D202": Code(ERROR, "not a date or a month", "A date that can be read in two ways will be."),
        "D203": Code(
            ERROR,
            "not a plain number",
            "Separators and signs mean different things in different countries; money must be exact.",
        ),
        "D204": Code(ERROR, "a number out of its range", "Outside its range the number means something else."),
        "D205": Code(ERROR, "neither yes nor no", "Consent must never hang on a guess."),
        "D206": Code(ERROR, "a word this field does not know", "The rules ask for one of a few words."),
        "D207": Code(ERROR, "not an id or a name of the right form", "Ids become addresses and file names on every system."),
        "D208": Code(
            ERROR,
            "a text too long, of several lines or with control characters",
            "Such text breaks pages, mails and headers.",
        ),
        "D209": Code(ERROR, "not a web address or domain", "A link that leads nowhere costs the trust of whoever follows it."),
        "D210": Code(ERROR, "not an e-mail address or phone number", "Nobody could be reached by it."),
        "D211": Code(ERROR, "a placeholder instead of a value", "It would be published as if it were one."),
        "D212": Code(
            WARNING, "spaces around values", "They are read without; in another program they make two names out of one."
        ),
        "D213": Code(WARNING, "an unusual word, close to a usual one", "One slip of the pen and the rules for it never apply."),
        "D214": Code(ERROR, "not a link code", "The code stands in links that people hand out."),
        "D215": Code(
            ERROR,
            "not a colour or face the theme knows",
            "Brand values go into the style sheet; only plain tokens are safe there.",
        ),
        "D216": Code(ERROR, "an unknown language, currency or time zone", "Dates and money are written by them."),
        "D217": Code(ERROR, "values that contradict each other", "One of them is a slip."),
        "D218": Code(
            WARNING,
            "steps of a referral that contradict each other",
            "Rewards are reckoned from these days, and one slip earns too much, too early or nothing.",
        ),
        "D219": Code(
            WARNING,
            "an accent too near the main colour",
            "The button that sends somebody stands in one on a band of the other, and nobody would see that it is one.",
        ),
        # Keys and references
        "D301": Code(ERROR, "an id stands there twice", "Nobody can tell which row is meant."),
        "D302": Code(
            ERROR,
            "a reference to a row that does not exist",
            "What hangs on it would be lost or given to the wrong one.",
        ),
        "D303": Code(
            ERROR,
            "references into a file that does not exist",
            "The whole file is missing, so none of its rows can be found.",
        ),
        # YAML
        "D401": Code(ERROR, "YAML that cannot be read", "Nothing after the mistake can be understood."),
        "D402": Code(ERROR, "a key stands there twice", "Nobody can tell which of the two counts."),
        "D403": Code(
            ERROR,
            "an alias, anchor or tag",
            "They let a small file grow without bound, and a reader cannot see what stands there.",
        ),
        "D404": Code(ERROR, "an unknown key", "A misspelt key is never read, and what it says would vanish unnoticed."),
        "D405": Code(ERROR, "a required key is missing", "The portal cannot be built without it."),
        "D406": Code(ERROR, "a list, a mapping or a text where another belongs", "It cannot be read as what the key means."),
        "D407": Code(
            ERROR,
            "what looks like a secret",
            "These files are shared and published from; secrets belong into the environment.",
        ),
        # Content
        "D501": Code(ERROR, "front matter is missing or not closed", "It says what the page is and who agreed to it."),
        "D502": Code(ERROR, "name and front matter disagree", "The name becomes the address; one of them is a slip."),
        "D503": Code(
            ERROR,
            "a name that cannot be an address",
            "It must work on every system and not hide one of the portal's own pages.",
        ),
        "D504": Code(ERROR, "two pages on one address", "One would replace the other."),
        "D505": Code(
            WARNING,
            "markup that is not published",
            "Scripts, forms and handlers could act in a visitor's name; they are taken out.",
        ),
        "D506": Code(
            WARNING,
            "a picture without words",
            "Who cannot see it, or waits for it to load, meets a gap where others meet a face.",
        ),
        "D507": Code(ERROR, "a picture is missing", "Visitors would see a broken image."),
        "D508": Code(WARNING, "a picture with active parts", "Scripts and foreign links inside a picture are taken out."),
        "D509": Code(
            NOTE,
            "a picture larger than it need be",
            "A page shows at most 1600 pixels; the rest only slows you and your visitors down.",
        ),
        # Secrets and private pages
        "D701": Code(ERROR, "a secret is missing", "Without it nobody could open the private pages, or anybody could."),
        "D702": Code(
            ERROR,
            "a secret is too weak, or two owners share one",
            "Sealed pages stand on the open web: whoever has one may guess for years.",
        ),
        "D703": Code(
            ERROR,
            "secrets where others can read them",
            "What others on this machine, or everybody with the repository, can read is no secret.",
        ),
        "D704": Code(
            ERROR,
            "a published demo secret outside the demo",
            "Everybody knows it, so everybody could open the pages.",
        ),
        "D705": Code(
            NOTE,
            "private tables in a repository with a remote",
            "Whoever can read the repository reads your clients, and its history keeps what you take out.",
        ),
        "D706": Code(
            WARNING,
            "a line that is no secret among the secrets",
            "A secret on it would be missing, and pages with it.",
        ),
        "D707": Code(
            NOTE,
            "an owner's passphrase that opens nothing",
            "It may be misspelt, or its owner, or their page, was forgotten.",
        ),
        # Absent is not wrong
        "D601": Code(NOTE, "a part that is not started", "Absent is not wrong; this says what the file would add."),
        # Accepted checks
        "D602": Code(
            ADVICE,
            "an accepted check that does not fire",
            "An exception that outlives its reason would let the next slip through.",
            "Referral Portal: checks",
        ),
    }
)
