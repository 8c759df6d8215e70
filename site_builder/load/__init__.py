"""Reading and judging the owner's files: bytes become frozen records, and every mistake a problem at its place.

csvtext and tables read the tables; yamltext, documents and content the documents; media the pictures. Nothing guesses a
type: the field decides. faults turns what pydantic refused into problems, and no private value reaches a message.
"""
