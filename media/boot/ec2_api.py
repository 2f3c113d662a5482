"""How a node asks EC2. Python's standard library only: the node image has neither the AWS CLI nor an SDK."""
import datetime
import hashlib
import hmac
import json
import os
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

IMDS = os.environ.get("VOICECELL_IMDS_URL", "http://169.254.169.254")
TIMEOUT_SECONDS = 10


class ApiError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Metadata:
    """Instance metadata by session token (IMDSv2); there is no way back to unauthenticated reads."""

    def __init__(self):
        headers = {"X-aws-ec2-metadata-token-ttl-seconds": "600"}
        self._token = self._send("PUT", "/latest/api/token", headers)

    def get(self, path):
        headers = {"X-aws-ec2-metadata-token": self._token}
        return self._send("GET", f"/latest/meta-data/{path}", headers).strip()

    def credentials(self):
        role = self.get("iam/security-credentials/")
        return json.loads(self.get(f"iam/security-credentials/{role}"))

    def _send(self, method, path, headers):
        request = urllib.request.Request(IMDS + path, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return response.read().decode()


class Ec2:
    """The EC2 Query API, signed with Signature Version 4."""

    def __init__(self, region, metadata):
        self._region = region
        self._metadata = metadata
        default = f"https://ec2.{region}.{metadata.get('services/domain')}"
        self._url = os.environ.get("VOICECELL_EC2_URL", default)

    def items(self, action, tags, of):
        """What a Describe call answers of the resources that have all the tags."""
        parameters = {}
        for index, (key, value) in enumerate(tags.items(), 1):
            parameters[f"Filter.{index}.Name"] = f"tag:{key}"
            parameters[f"Filter.{index}.Value.1"] = value
        return self.call(action, parameters).findall(f"{{*}}{of}/{{*}}item")

    def call(self, action, parameters):
        body = urllib.parse.urlencode({"Action": action, "Version": "2016-11-15", **parameters})
        request = urllib.request.Request(self._url + "/", data=body.encode(), headers=self._signed(body))
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                return ElementTree.fromstring(response.read())
        except urllib.error.HTTPError as error:
            raise ApiError(error_code(error.read())) from error
        except ElementTree.ParseError as error:
            raise ApiError("unreadable answer") from error

    def _signed(self, body):
        # Read anew for each call: a node may wait longer than its first credentials last.
        credentials = self._metadata.credentials()
        stamp = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            "host": urllib.parse.urlsplit(self._url).netloc,
            "x-amz-date": stamp,
            "x-amz-security-token": credentials["Token"],
        }
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = "\n".join(["POST", "/", "", lines, names, digest(body)])
        scope = f"{stamp[:8]}/{self._region}/ec2/aws4_request"
        to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, digest(canonical)])
        key = ("AWS4" + credentials["SecretAccessKey"]).encode()
        for part in scope.split("/"):
            key = keyed_digest(key, part)
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={credentials['AccessKeyId']}/{scope}, "
            f"SignedHeaders={names}, Signature={keyed_digest(key, to_sign).hex()}"
        )
        return headers


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def keyed_digest(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def error_code(body):
    try:
        return ElementTree.fromstring(body).findtext(".//{*}Code") or "unknown error"
    except ElementTree.ParseError:
        return "unreadable answer"
