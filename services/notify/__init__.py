"""Turns a match into referrals, asks partners, hears their answers, and tells people what they are to know.

Owns: referrals, deliveries, recipients. Says: `referral_*`, `delivery_failed`.
Hears: ideas, contacts, classification, matches, directory entries, parked events.
"""
