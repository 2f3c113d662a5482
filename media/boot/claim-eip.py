"""Claims an Elastic IP of the cell's pool for this node and writes it to a file; exits 1 when none can be had.

Python's standard library only: the node image has neither the AWS CLI nor an SDK.
Usage: claim-eip.py DEPLOYMENT CELL REGION FILE
"""
import datetime
import hashlib
import hmac
import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

IMDS = os.environ.get("VOICECELL_IMDS_URL", "http://169.254.169.254")
DEADLINE_SECONDS = float(os.environ.get("VOICECELL_CLAIM_SECONDS", "300"))
TIMEOUT_SECONDS = 10
# Another node was faster, or the address left the pool after it was listed: the next one may be free.
LOST_RACE = {"Resource.AlreadyAssociated", "InvalidAllocationID.NotFound"}


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
    """The two calls of the EC2 Query API that a claim needs, signed with Signature Version 4."""

    def __init__(self, region, metadata):
        self._region = region
        self._metadata = metadata
        default = f"https://ec2.{region}.{metadata.get('services/domain')}"
        self._url = os.environ.get("VOICECELL_EC2_URL", default)

    def addresses(self, tags):
        """(allocation id, address, network interface or None) of each address with the tags."""
        parameters = {}
        for index, (key, value) in enumerate(tags.items(), 1):
            parameters[f"Filter.{index}.Name"] = f"tag:{key}"
            parameters[f"Filter.{index}.Value.1"] = value
        items = self._call("DescribeAddresses", parameters).findall("{*}addressesSet/{*}item")
        keys = ("allocationId", "publicIp", "networkInterfaceId")
        return [tuple(item.findtext("{*}" + key) for key in keys) for item in items]

    def associate(self, allocation, interface):
        claim = {"AllocationId": allocation, "NetworkInterfaceId": interface}
        self._call("AssociateAddress", {**claim, "AllowReassociation": "false"})

    def _call(self, action, parameters):
        body = urllib.parse.urlencode({"Action": action, "Version": "2016-11-15", **parameters})
        request = urllib.request.Request(self._url + "/", data=body.encode(), headers=self._signed(body))
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                return ElementTree.fromstring(response.read())
        except urllib.error.HTTPError as error:
            raise ApiError(error_code(error.read())) from error

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


def claim_once(ec2, interface, tags):
    """The address this node has, else a free one, else None."""
    addresses = ec2.addresses(tags)
    for _, address, holder in addresses:
        if holder == interface:
            return address
    free = [(allocation, address) for allocation, address, holder in addresses if not holder]
    # Nodes that boot together would all try the first one.
    random.shuffle(free)
    for allocation, address in free:
        try:
            ec2.associate(allocation, interface)
            return address
        except ApiError as error:
            if error.code not in LOST_RACE:
                raise
            log(f"{address} went to another node")
    return None


def claim(ec2, interface, tags):
    """Every failure is worth another try until the deadline: a new role's policy takes a while to be in force."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    pause = 1.0
    while True:
        try:
            address = claim_once(ec2, interface, tags)
            if address:
                return address
            reason = "no free address in the pool"
        except (ApiError, OSError) as error:
            reason = str(error)
        left = deadline - time.monotonic()
        if left <= 0:
            sys.exit(f"claim-eip: gave up after {DEADLINE_SECONDS:.0f} s: {reason}")
        log(f"{reason}, trying again")
        time.sleep(min(random.uniform(pause / 2, pause), left))
        pause = min(pause * 2, 20.0)


def write(path, address):
    """Readers see the whole address or no file."""
    part = f"{path}.part"
    with open(part, "w", encoding="ascii") as file:
        file.write(address + "\n")
    os.replace(part, path)


def log(message):
    print(f"claim-eip: {message}", file=sys.stderr, flush=True)


def main(deployment, cell, region, path):
    metadata = Metadata()
    interface = metadata.get(f"network/interfaces/macs/{metadata.get('mac')}/interface-id")
    tags = {"voicecell:deployment": deployment, "voicecell:cell": cell, "voicecell:pool": "edge"}
    address = claim(Ec2(region, metadata), interface, tags)
    write(path, address)
    log(f"this node is {address}")


if __name__ == "__main__":
    main(*sys.argv[1:])
