"""Catalogues: ethnic groups, languages, statuses, prefixes of identity numbers; administrative units load when asked for."""

from shared.catalogues.names import ETHNIC_NAMES, LANGUAGE_ALIASES, PROVINCE_PREFIXES, STATUSES

LANGUAGES = tuple(LANGUAGE_ALIASES)

__all__ = ["ETHNIC_NAMES", "LANGUAGES", "LANGUAGE_ALIASES", "PROVINCE_PREFIXES", "STATUSES"]
