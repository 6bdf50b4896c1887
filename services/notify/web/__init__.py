"""Notify's pages: the partner's answer, the operators' desk, signing in; and the words of its mails."""
