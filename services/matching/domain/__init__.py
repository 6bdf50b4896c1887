"""What an idea is about, where it lives, and who and what could carry it: pure functions over the directory's entries."""
