"""Codes with parameters, as they travel in events and errors, become sentences where they are read."""

from collections.abc import Callable, Mapping

from shared.web.i18n import gettext

Name = Callable[[str], str | None]


class Phrasebook:
    """`sentences[code]` is a Swedish template with named fields, marked with `N_`.

    `names` says how a parameter is shown: ``{"challenge": name_of_challenge}``. A code nobody wrote a sentence for is
    left out (`None`), never shown raw: a contract test holds the codes against the sentences.
    """

    def __init__(self, sentences: Mapping[str, str], names: Mapping[str, Name] | None = None) -> None:
        self.sentences = sentences
        self._names = names or {}

    def say(self, code: str, params: Mapping[str, object] | None = None) -> str | None:
        template = self.sentences.get(code)
        if template is None:
            return None
        shown = {key: self._shown(key, value) for key, value in (params or {}).items()}
        if None in shown.values():
            return None
        try:
            return gettext(template).format(**shown)
        except (KeyError, IndexError):
            return None

    def _shown(self, key: str, value: object) -> object:
        return self._names[key](str(value)) if key in self._names else value
