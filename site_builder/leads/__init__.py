"""What the form sent: the receiver's store, and the exports of other people's back ends.

Nothing is imported here, so that reading an export does not wait for a database's library.
"""
