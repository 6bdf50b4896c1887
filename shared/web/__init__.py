"""What every page has: the frame, the languages, the looks, the region, who is signed in."""
