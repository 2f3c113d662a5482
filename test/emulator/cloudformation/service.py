"""The CloudFormation API in place of moto's own."""

from __future__ import annotations

import threading
import uuid
from typing import Any
from urllib.parse import urlparse

from moto.cloudformation import urls
from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.core.responses import ActionResult, BaseResponse, EmptyResult

from .answers import described, resources
from .draft import Draft
from .errors import InvalidTemplate, NotModelled
from .provider import client
from .registry import Registry
from .stack import Stack, now


class ChangeSetNotFound(CloudFormationError):
    """The CDK CLI waits for it after it has deleted a change set."""

    code = "ChangeSetNotFound"


_registries: dict[tuple[str, str], Registry] = {}
_working = threading.Lock()


class Service(BaseResponse):
    """Requests in, answers out. Whatever is not here is not implemented, and a request for it fails."""

    def __init__(self) -> None:
        super().__init__(service_name="cloudformation")
        self.automated_parameter_parsing = True

    @property
    def registry(self) -> Registry:
        key = (self.current_account, self.region)
        return _registries.setdefault(key, Registry(*key))

    def create_stack(self) -> ActionResult:
        with _working:
            stack = self.registry.add(self._get_param("StackName"))
            draft = self._draft(stack)
            self._accept(stack)
            self.registry.stacks.append(stack)
            stack.create(draft)
        return ActionResult({"StackId": stack.stack_id})

    def update_stack(self) -> ActionResult:
        with _working:
            stack = self.registry.find(self._get_param("StackName"))
            self._update(stack, self._draft(stack))
        return ActionResult({"StackId": stack.stack_id})

    def _update(self, stack: Stack, draft: Draft) -> None:
        if not stack.status.endswith("_COMPLETE") or stack.status == "ROLLBACK_COMPLETE":
            raise ValidationError(message=f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated.")
        tags = self._get_param("Tags", stack.tags)
        if stack.is_same(draft) and tags == stack.tags:
            raise ValidationError(message="No updates are to be performed.")
        stack.tags = tags
        stack.update(draft)

    def delete_stack(self) -> ActionResult:
        with _working:
            try:
                stack = self.registry.find(self._get_param("StackName"))
            except ValidationError:
                return EmptyResult()
            if stack.protected:
                raise ValidationError(
                    message=f"Stack [{stack.place.stack}] cannot be deleted while TerminationProtection is enabled"
                )
            users = self.registry.importers(stack)
            if users:
                raise ValidationError(
                    message=f"Export of {stack.place.stack} cannot be deleted: used by {', '.join(users)}"
                )
            stack.delete()
        return EmptyResult()

    def update_termination_protection(self) -> ActionResult:
        stack = self.registry.find(self._get_param("StackName"))
        stack.protected = self._get_bool_param("EnableTerminationProtection", False)
        return ActionResult({"StackId": stack.stack_id})

    def describe_stacks(self) -> ActionResult:
        name = self._get_param("StackName")
        stacks = [self.registry.find(name)] if name else self.registry.living()
        return ActionResult({"Stacks": [described(stack) for stack in stacks]})

    def list_stacks(self) -> ActionResult:
        wanted = self._get_param("StackStatusFilter", [])
        stacks = [stack for stack in self.registry.stacks if not wanted or stack.status in wanted]
        fields = ("StackId", "StackName", "CreationTime", "LastUpdatedTime", "DeletionTime", "StackStatus")
        rows = [{key: value for key, value in described(stack).items() if key in fields} for stack in stacks]
        return ActionResult({"StackSummaries": rows})

    def describe_stack_events(self) -> ActionResult:
        return ActionResult({"StackEvents": self.registry.find(self._get_param("StackName")).events[::-1]})

    def describe_stack_resources(self) -> ActionResult:
        stack = self.registry.find(self._get_param("StackName"))
        wanted = self._get_param("LogicalResourceId")
        return ActionResult(
            {"StackResources": [row for row in resources(stack) if wanted in (None, row["LogicalResourceId"])]}
        )

    def list_stack_resources(self) -> ActionResult:
        stack = self.registry.find(self._get_param("StackName"))
        rows = [
            {
                **{key: row[key] for key in row if key not in ("StackName", "StackId", "Timestamp")},
                "LastUpdatedTimestamp": row["Timestamp"],
            }
            for row in resources(stack)
        ]
        return ActionResult({"StackResourceSummaries": rows})

    def describe_stack_resource(self) -> ActionResult:
        stack = self.registry.find(self._get_param("StackName"))
        wanted = self._get_param("LogicalResourceId")
        for row in resources(stack):
            if row["LogicalResourceId"] == wanted:
                return ActionResult({"StackResourceDetail": {**row, "LastUpdatedTimestamp": row.pop("Timestamp")}})
        raise ValidationError(message=f"Resource {wanted} does not exist for stack {stack.place.stack}")

    def list_exports(self) -> ActionResult:
        rows = [
            {"Name": name, "Value": value, "ExportingStackId": stack.stack_id}
            for name, value, stack in self.registry.exports()
        ]
        return ActionResult({"Exports": rows})

    def get_template(self) -> ActionResult:
        stack = self.registry.find(self._get_param("StackName"))
        return ActionResult({"TemplateBody": stack.draft.text if stack.draft else "{}"})

    def create_change_set(self) -> ActionResult:
        with _working:
            if self._get_param("ChangeSetType", "UPDATE") == "CREATE":
                stack = self.registry.add(self._get_param("StackName"))
                draft = self._draft(stack)
                self.registry.stacks.append(stack)
            else:
                stack = self.registry.find(self._get_param("StackName"))
                draft = self._draft(stack)
        tags = self._get_param("Tags", stack.tags)
        change_set = self._change_set(stack, draft, stack.is_same(draft) and tags == stack.tags)
        self.registry.change_sets[change_set["ChangeSetId"]] = {
            **change_set,
            "stack": stack,
            "draft": draft,
            "tags": tags,
        }
        return ActionResult({"Id": change_set["ChangeSetId"], "StackId": stack.stack_id})

    def _change_set(self, stack: Stack, draft: Draft, same: bool) -> dict[str, Any]:
        name = self._get_param("ChangeSetName")
        changes = [
            {"Type": "Resource", "ResourceChange": {"Action": action, "LogicalResourceId": logical_id}}
            for logical_id, action in stack.changes(draft).items()
        ]
        reason = (
            "The submitted information didn't contain changes. Submit different information to create a change set."
        )
        return {
            "ChangeSetName": name,
            "ChangeSetId": stack.stack_id.replace(":stack/", ":changeSet/").rsplit("/", 2)[0]
            + f"/{name}/{uuid.uuid4()}",
            "StackId": stack.stack_id,
            "StackName": stack.place.stack,
            "CreationTime": now(),
            "Status": "FAILED" if same else "CREATE_COMPLETE",
            "ExecutionStatus": "UNAVAILABLE" if same else "AVAILABLE",
            **({"StatusReason": reason} if same else {}),
            "Changes": changes,
        }

    def _found_change_set(self) -> dict[str, Any]:
        for change_set in reversed(list(self.registry.change_sets.values())):
            if self._is_asked_for(change_set):
                return change_set
        raise ChangeSetNotFound(f"ChangeSet [{self._get_param('ChangeSetName')}] does not exist")

    def _is_asked_for(self, change_set: dict[str, Any]) -> bool:
        """By its id, or by its name, which is unique in its stack only: the CDK CLI has one name for all."""
        wanted, stack = self._get_param("ChangeSetName"), self._get_param("StackName")
        return wanted == change_set["ChangeSetId"] or (
            wanted == change_set["ChangeSetName"] and stack in (change_set["StackName"], change_set["StackId"])
        )

    def describe_change_set(self) -> ActionResult:
        return ActionResult({key: value for key, value in self._found_change_set().items() if key[0].isupper()})

    def execute_change_set(self) -> ActionResult:
        with _working:
            change_set = self._found_change_set()
            if change_set["ExecutionStatus"] != "AVAILABLE":
                raise ValidationError(message=f"ChangeSet [{change_set['ChangeSetId']}] cannot be executed")
            stack, draft = change_set["stack"], change_set["draft"]
            stack.tags = change_set["tags"]
            change_set["ExecutionStatus"] = "EXECUTE_COMPLETE"
            if stack.status == "REVIEW_IN_PROGRESS":
                stack.create(draft)
            else:
                stack.update(draft)
        return EmptyResult()

    def delete_change_set(self) -> ActionResult:
        kept = {key: one for key, one in self.registry.change_sets.items() if not self._is_asked_for(one)}
        self.registry.change_sets = kept
        return EmptyResult()

    def _draft(self, stack: Stack) -> Draft:
        url = self._get_param("TemplateURL")
        text = _fetched(url, self.region) if url else self._get_param("TemplateBody")
        if text is None and stack.draft:
            text = stack.draft.text
        before = stack.draft.given if stack.draft else {}
        given = {
            one["ParameterKey"]: before[one["ParameterKey"]] if one.get("UsePreviousValue") else one["ParameterValue"]
            for one in self._get_param("Parameters", [])
            if not one.get("UsePreviousValue") or one["ParameterKey"] in before
        }
        try:
            return Draft(text, given, stack)
        except (InvalidTemplate, NotModelled) as error:
            raise ValidationError(message=str(error)) from error

    def _accept(self, stack: Stack) -> None:
        stack.tags = self._get_param("Tags", [])
        stack.protected = self._get_bool_param("EnableTerminationProtection", False)


def _fetched(url: str, region: str) -> str:
    """A template out of a bucket, named in the path (`s3.<region>…/bucket/key`, or the emulator's own address)."""
    bucket, key = urlparse(url).path.lstrip("/").split("/", 1)
    return client("s3", region).get_object(Bucket=bucket, Key=key)["Body"].read().decode()


def install() -> None:
    """Sends all requests for CloudFormation here."""
    urls.url_paths = {path: Service.dispatch for path in urls.url_paths if not path.endswith("cfnresponse")}
