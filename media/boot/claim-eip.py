"""Claims an Elastic IP of the cell's pool for this node and writes it to a file; exits 1 when none can be had.

Usage: claim-eip.py DEPLOYMENT CELL REGION FILE
"""
import os
import random
import sys
import time

from ec2_api import ApiError, Ec2, Metadata

DEADLINE_SECONDS = float(os.environ.get("VOICECELL_CLAIM_SECONDS", "300"))
# Another node was faster, or the address left the pool after it was listed: the next one may be free.
LOST_RACE = {"Resource.AlreadyAssociated", "InvalidAllocationID.NotFound"}


def addresses_of(ec2, tags):
    """(allocation id, address, network interface or None) of each address with the tags."""
    keys = ("allocationId", "publicIp", "networkInterfaceId")
    items = ec2.items("DescribeAddresses", tags, "addressesSet")
    return [tuple(item.findtext("{*}" + key) for key in keys) for item in items]


def associate(ec2, allocation, interface):
    claim = {"AllocationId": allocation, "NetworkInterfaceId": interface}
    ec2.call("AssociateAddress", {**claim, "AllowReassociation": "false"})


def claim_once(ec2, interface, tags):
    """The address this node has, else a free one, else None."""
    addresses = addresses_of(ec2, tags)
    for _, address, holder in addresses:
        if holder == interface:
            return address
    free = [(allocation, address) for allocation, address, holder in addresses if not holder]
    # Nodes that boot together would all try the first one.
    random.shuffle(free)
    for allocation, address in free:
        try:
            associate(ec2, allocation, interface)
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
