"""The words of the interface, in the language of a site."""

from gettext import NullTranslations
from typing import Any

from markupsafe import Markup, escape

ENGLISH = NullTranslations()


class Words:
    """Looks up words for templates, which know the two lookups as `_` and `ngettext`."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations

    def gettext(self, message: str, **values: Any) -> Markup:
        """Return a message, with values in place of `%(name)s`; escaped, but for values that are markup."""
        return escape(self._translations.gettext(message)) % values

    def ngettext(self, one: str, many: str, count: int, **values: Any) -> Markup:
        """Return the form of a message for a count, which it may hold as `%(count)s`."""
        return escape(self._translations.ngettext(one, many, count)) % {"count": count, **values}
