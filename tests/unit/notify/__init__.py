"""Notify: the steps of a referral, whom to ask, when it is due, and what is tried again."""
