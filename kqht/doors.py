"""The service I am signed in to, and the classes behind it."""

from __future__ import annotations

import argparse

from addin import credentials
from addin.client import HttpClient
from shared.problems import Code, Refused
from shared.records import ClassKey
from shared.sync_api import SyncApi


def client() -> HttpClient:
    """The service I am signed in to."""
    kept = credentials.load()
    return HttpClient(kept.server, kept.token)


def class_named(api: SyncApi, name: str, given: argparse.Namespace) -> ClassKey:
    """The class of that name among those I may open."""
    for summary in api.classes(given.school, given.year):
        if summary.key.name == name:
            return summary.key
    raise Refused(Code.CLASS_UNKNOWN, name=name)
