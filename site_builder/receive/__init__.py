"""The form's own back end: every accepted POST is on the disk before it is answered, and nothing is ever read back by a key.

settings reads the environment, portals says what each portal's form sends; body reads a request, judging makes a snapshot of it,
limits and proof keep robots at bay, answers speaks, app puts them together, and server runs it until it is told to stop.
"""
