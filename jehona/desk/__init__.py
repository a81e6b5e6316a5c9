"""The desk: what a press office does, in a browser on its own machine.

A page is a view like a command: it calls an action and shows what that gives. Nothing here opens
a record.
"""
