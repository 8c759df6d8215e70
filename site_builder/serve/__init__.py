"""portal serve: the portal as its visitors will see it, on this machine alone, rebuilt and reloaded on every save.

preview: the last good site and what is wrong with the newest one. server: HTTP. watcher: notices saved files.
Nothing here writes to the disk, sends anything anywhere, or ends because of what stands in a file.
"""
