from __future__ import annotations

from ..provider import Made, Provider, Work, provides


@provides
class Secret(Provider):
    rtype = "AWS::SecretsManager::Secret"
    replaced_by = frozenset({"Name"})
    forgotten = {"GenerateSecretString": "a secret does not tell how it was made"}

    def create(self, work: Work) -> Made:
        name, made_of = work.name("Name"), work.take("GenerateSecretString")
        value = work.call("secretsmanager", "GetRandomPassword", **made_of)["RandomPassword"] if made_of else None
        secret = work.call("secretsmanager", "CreateSecret", Name=name, SecretString=value, **work.rest())
        return Made(secret["ARN"], {"Id": secret["ARN"]})

    def delete(self, work: Work, made: Made) -> None:
        work.call("secretsmanager", "DeleteSecret", SecretId=made.physical_id)
