"""Stacks and their resources in the form in which the API tells them."""

from __future__ import annotations

from typing import Any

from .draft import Draft
from .stack import Stack


def described(stack: Stack) -> dict[str, Any]:
    known = {
        "StackId": stack.stack_id,
        "StackName": stack.place.stack,
        "Description": stack.draft.template.get("Description") if stack.draft else None,
        "Parameters": _parameters(stack.draft) if stack.draft else [],
        "CreationTime": stack.created,
        "LastUpdatedTime": stack.updated,
        "DeletionTime": stack.deleted,
        "StackStatus": stack.status,
        "StackStatusReason": stack.reason or None,
        "DisableRollback": False,
        "EnableTerminationProtection": stack.protected,
        "Tags": stack.tags,
        "Capabilities": [],
        "NotificationARNs": [],
        "Outputs": [_output(key, one) for key, one in stack.outputs.items()],
    }
    return {key: value for key, value in known.items() if value is not None}


def _parameters(draft: Draft) -> list[dict[str, Any]]:
    """Those that have their default too: tools compare them with what they would give."""
    values = {
        key: draft.given.get(key, one.get("Default")) for key, one in draft.template.get("Parameters", {}).items()
    }
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()]


def _output(key: str, output: dict[str, Any]) -> dict[str, Any]:
    row = {
        "OutputKey": key,
        "OutputValue": output["Value"],
        "Description": output.get("Description"),
        "ExportName": output.get("Export", {}).get("Name"),
    }
    return {name: value for name, value in row.items() if value is not None}


def resources(stack: Stack) -> list[dict[str, Any]]:
    return [
        {
            "StackName": stack.place.stack,
            "StackId": stack.stack_id,
            "LogicalResourceId": logical_id,
            "PhysicalResourceId": held.made.physical_id,
            "ResourceType": held.rtype,
            "Timestamp": held.changed,
            "ResourceStatus": held.status,
        }
        for logical_id, held in stack.held.items()
    ]
