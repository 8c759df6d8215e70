"""Problems as people and machines read them: text, JSON, GitHub's workflow commands and SARIF.

    listing(problems, as_of, ...)   as_text, as_json, as_github, as_sarif: each returns one text, ends included
    excerpts(root, problems)        the offending lines, private values masked
    Caught()                        a mistake of ours, told without the data it met

Nothing here prints: the command decides what goes to stdout.
"""
