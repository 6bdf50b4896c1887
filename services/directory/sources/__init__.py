"""Where entries come from. A source is a module or package here with ``read(folder) -> tuple[PackEntry, ...]``,

which gives all its entries each time or raises `PackRefused` with everything that is wrong, and changes nothing.
"""
