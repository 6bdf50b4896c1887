"""The directory: who can help, money to apply for, challenges, places, methods and good examples.

Owns the entries as the pack gave them, with the notes that only operators see. Says `entry_published` and
`entry_withdrawn`. Hears nothing.
"""
