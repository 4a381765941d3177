"""A class: pulled, sent to, looked through, completed."""

from __future__ import annotations

from typing import Any

from server import settings
from server.api import forms
from server.api.endpoint import endpoint
from server.api.house import caller, class_key, house, sync
from shared.check import counts
from shared.schemas.wire import (
    LockSchema,
    ReceiptSchema,
    SnapshotSchema,
    dump_class_summary,
    dump_finding,
    dump_lock,
)
from shared.sync_api import Submission

_CLASS = "/schools/<school>/classes/<name>"


@endpoint("/schools/<school>/classes", forms.Classes, query=forms.OfYear)
def get_classes(query: dict[str, Any], school: str) -> Any:
    """The classes I may open, with locks and progress."""
    return {"classes": [dump_class_summary(line) for line in sync().classes(school, query["school_year"])]}


@endpoint("/schools/<school>/progress", forms.Classes, query=forms.OfYear)
def get_progress(query: dict[str, Any], school: str) -> Any:
    """The table of progress, one line a class."""
    return {"classes": [dump_class_summary(line) for line in sync().progress(school, query["school_year"])]}


@endpoint(_CLASS, forms.ClassProfile, query=forms.OfYear, also=[422])
def get_class(_: dict[str, Any], school: str, name: str) -> Any:
    """The programme of each grade, and what the class is set to."""
    return settings.class_profile(house().engine, caller(), class_key(school, name))


@endpoint(_CLASS, forms.ClassProfile, body=forms.ClassChanges, query=forms.OfYear, also=(403, 422))
def patch_class(_: dict[str, Any], form: dict[str, Any], school: str, name: str) -> Any:
    """Set or clear the subject of a chuyên class."""
    return settings.change_class(house().engine, caller(), class_key(school, name), form)


@endpoint(f"{_CLASS}/snapshot", SnapshotSchema, query=forms.SnapshotQuery)
def get_snapshot(query: dict[str, Any], school: str, name: str) -> Any:
    """The class as it is now."""
    return sync().pull_json(class_key(school, name), query["grades"].split(","))


@endpoint(f"{_CLASS}/sends", ReceiptSchema, body=forms.Submission, query=forms.OfYear, also=(403, 409))
def post_send(_: dict[str, Any], form: dict[str, Any], school: str, name: str) -> Any:
    """Send changed cells; the same `send_id` again gives the same receipt."""
    return sync().send_json(class_key(school, name), Submission(**form))


@endpoint(f"{_CLASS}/sends/<send_id>", ReceiptSchema, query=forms.OfYear)
def get_receipt(_: dict[str, Any], school: str, name: str, send_id: str) -> Any:
    """The stored receipt of a send."""
    return sync().receipt_json(class_key(school, name), send_id)


@endpoint(f"{_CLASS}/sends/<send_id>/undo", ReceiptSchema, body=forms.UndoForm, query=forms.OfYear, also=(403, 409))
def post_undo(_: dict[str, Any], form: dict[str, Any], school: str, name: str, send_id: str) -> Any:
    """Put back what a send replaced, except cells edited since."""
    return sync().undo_json(class_key(school, name), send_id, form["undo_id"])


@endpoint(f"{_CLASS}/history", forms.History, query=forms.HistoryQuery)
def get_history(query: dict[str, Any], school: str, name: str) -> Any:
    """Who changed what, the newest first, page by page."""
    return sync().history_json(class_key(school, name), query["student_code"], query["column"], query["before"])


@endpoint(f"{_CLASS}/findings", forms.Findings, query=forms.OfYear)
def get_findings(_: dict[str, Any], school: str, name: str) -> Any:
    """The checks on the records held."""
    findings = sync().findings(class_key(school, name))
    return {"findings": [dump_finding(finding) for finding in findings], "counts": counts(findings)}


@endpoint(f"{_CLASS}/completions", LockSchema, body=forms.BlockForm, query=forms.OfYear, also=(403, 409, 422))
def post_completion(_: dict[str, Any], form: dict[str, Any], school: str, name: str) -> Any:
    """Lock a block that has neither errors nor blanks."""
    return dump_lock(sync().complete(class_key(school, name), form["grade"], form["period"]))


@endpoint(f"{_CLASS}/reopenings", forms.Reopening, body=forms.ReopeningForm, query=forms.OfYear, also=(403, 409))
def post_reopening(_: dict[str, Any], form: dict[str, Any], school: str, name: str) -> Any:
    """Unlock a block for a stated reason."""
    return sync().reopen(class_key(school, name), form["grade"], form["period"], form["reason"])


@endpoint(f"{_CLASS}/lock-events", forms.LockEvents, query=forms.OfYear)
def get_lock_events(_: dict[str, Any], school: str, name: str) -> Any:
    """Every lock and unlock, the newest first."""
    return {"lock_events": sync().lock_events(class_key(school, name))}
