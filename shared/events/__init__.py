"""The catalogue of what services tell each other. One file per event: `ls` is the glossary.

`event.py` is what an event is, `entry.py` the published form of a directory entry, `catalogue.py` finds them all.
"""
