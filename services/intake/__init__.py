"""Takes ideas in, whichever door they come through, and shows their holder what happens.

Owns: the idea and who told it. Says: `idea_received`, `idea_located`, `consent_given`, `idea_withdrawn`,
`link_requested`, `contact_given`, `contact_erased`. Hears: classification, matches, referral progress, directory entries.
"""
