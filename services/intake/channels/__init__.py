"""The doors that ideas come in through. A file here is a channel: `channel` says its name, and `told` reads what came.

`told(fields, channel)` gives what was told and who told it. Raise `Refused` that names the field to correct.
"""
