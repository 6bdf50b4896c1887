"""Referrals and their rules, who may be asked, and what is to be delivered. No I/O."""
