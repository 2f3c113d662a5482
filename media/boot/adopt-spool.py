"""Adopts spools of nodes that are gone: attaches and mounts them for this node's recorder, deletes them once empty.

What AWS or the system refuses leaves things as they are; the next run looks again.
Usage: adopt-spool.py DEPLOYMENT CELL REGION SPOOL_DIRECTORY ADOPTED_DIRECTORY
"""
import datetime
import json
import os
import subprocess
import sys
import time

from ec2_api import ApiError, Ec2, Metadata
from spool_decisions import decide, holding

# Of one run; the timer begins another.
RUN_SECONDS = float(os.environ.get("VOICECELL_ADOPT_SECONDS", "45"))
PAUSE_SECONDS = float(os.environ.get("VOICECELL_ADOPT_PAUSE_SECONDS", "3"))
DEVICE_NAMES = [f"/dev/sd{letter}" for letter in "ghijklmnop"]
FAULT_TAG = "voicecell:spool-fault"
# Another node was faster.
LOST_RACE = {"VolumeInUse", "IncorrectState", "InvalidVolume.NotFound"}
# Priorities of the journal.
ERROR, INFO = "<3>", "<6>"


# By a command that did not do what it was asked.
class Refused(Exception):
    pass


class Adoption:
    def __init__(self, deployment, cell, region, spool, adopted):
        self._metadata = Metadata()
        self._instance = self._metadata.get("instance-id")
        self._ec2 = Ec2(region, self._metadata)
        self._tags = {"voicecell:deployment": deployment, "voicecell:cell": cell, "voicecell:spool": cell}
        self._spool = spool
        self._adopted = adopted
        self._paths = {}
        self._names = []
        # Never kept beyond this run: only what it saw empty and unmounted itself may be deleted.
        self._emptied = set()

    def look(self):
        """Does what there is to do, and says whether there is more to come."""
        disks = ebs_disks()
        self._paths = {volume: path for volume, (path, _) in disks.items()}
        own = [volume for volume, (_, mounts) in disks.items() if self._spool in mounts]
        if not own:
            raise Refused(f"nothing is mounted at {self._spool}")
        mounted = {volume: self._place(volume) in mounts for volume, (_, mounts) in disks.items()}
        volumes = [seen_volume(item) for item in self._ec2.items("DescribeVolumes", self._tags, "volumeSet")]
        taken = {volume["device"] for volume in volumes if volume["holder"] == self._instance}
        self._names = [name for name in DEVICE_NAMES if name not in taken]
        steps = decide({
            "instance": self._instance,
            "own": own[0],
            "leaving": self._is_leaving(),
            "emptied": self._emptied,
            "disks": mounted,
            "held": {volume: self._held(volume) for volume in mounted if mounted[volume]},
            "volumes": volumes,
        })
        done = [attempt(lambda: self._do(verb, volume), f"{verb} {volume}") for verb, volume in steps]
        return bool(steps) and all(done)

    def _is_leaving(self):
        """An instance of no Auto Scaling group has no such state."""
        try:
            return self._metadata.get("autoscaling/target-lifecycle-state") != "InService"
        except OSError:
            return False

    def _held(self, volume):
        try:
            return holding(ages(self._place(volume)))
        except OSError as error:
            log(f"{volume} cannot be read: {error}", ERROR)
            return None

    def _place(self, volume):
        return os.path.join(self._adopted, volume)

    def _do(self, verb, volume):
        here = {"VolumeId": volume, "InstanceId": self._instance}
        if verb == "attach":
            self._ec2.call("AttachVolume", {**here, "Device": self._names.pop(0)})
        elif verb == "mount":
            self._mount(volume)
        elif verb == "empty":
            self._unmount(volume)
            self._emptied.add(volume)
        elif verb == "give up":
            self._unmount(volume)
            self._fault(volume, "leftovers", "only files of no call are on it")
        elif verb == "detach":
            self._ec2.call("DetachVolume", here)
        elif verb == "delete":
            self._ec2.call("DeleteVolume", {"VolumeId": volume})
            self._emptied.discard(volume)
        if verb != "wait":
            log(f"{verb} {volume}: done")

    def _mount(self, volume):
        """By device, because every spool has the same label. Mounting replays what the last node could not finish."""
        place = self._place(volume)
        os.makedirs(place, mode=0o755, exist_ok=True)
        try:
            run("mount", "-t", "xfs", "-o", "noatime,nodev,nosuid,noexec", self._paths[volume], place)
        except Refused as reason:
            os.rmdir(place)
            return self._fault(volume, "mount", reason)
        # By the kernel: written past a log that is still to be replayed, it might be undone.
        attempt(lambda: run("xfs_io", "-c", "label -s vc-adopted", place), f"label {volume}")

    def _unmount(self, volume):
        run("umount", self._place(volume))
        os.rmdir(self._place(volume))

    def _fault(self, volume, tag, reason):
        log(f"{volume} is kept for a person to look at: {one_line(reason)}", ERROR)
        self._ec2.call("CreateTags", {"ResourceId.1": volume, "Tag.1.Key": FAULT_TAG, "Tag.1.Value": tag})


def ebs_disks():
    """volume id -> (device, mount points). NVMe's serial number is the id without its dash."""
    disks = json.loads(run("lsblk", "--json", "--nodeps", "--output", "PATH,SERIAL,MOUNTPOINTS"))["blockdevices"]
    found = [(disk["serial"] or "", disk["path"], disk["mountpoints"]) for disk in disks]
    return {"vol-" + serial[3:].lstrip("-"): (path, mounts) for serial, path, mounts in found if serial[:3] == "vol"}


def ages(directory):
    return {entry.name: time.time() - entry.stat().st_mtime for entry in os.scandir(directory)}


def seen_volume(item):
    created = datetime.datetime.strptime(item.findtext("{*}createTime"), "%Y-%m-%dT%H:%M:%S.%f%z")
    held = "{*}attachmentSet/{*}item/{*}"
    return {
        "id": item.findtext("{*}volumeId"),
        "state": item.findtext("{*}status"),
        "age": time.time() - created.timestamp(),
        "fault": FAULT_TAG in [key.text for key in item.findall("{*}tagSet/{*}item/{*}key")],
        "holder": item.findtext(held + "instanceId"),
        "attachment": item.findtext(held + "status"),
        "device": item.findtext(held + "device"),
    }


def run(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired as error:
        # Slow is no fault of the volume.
        raise TimeoutError(str(error)) from error
    if done.returncode != 0:
        raise Refused(done.stderr or f"{command[0]} ended with {done.returncode}")
    return done.stdout


def attempt(act, what):
    """Whether it was done; what was refused is told in a line."""
    try:
        act()
        return True
    except (ApiError, OSError, Refused, ValueError) as error:
        is_usual = isinstance(error, ApiError) and error.code in LOST_RACE
        log(f"{what}: {one_line(error)}", INFO if is_usual else ERROR)
        return False


def one_line(text):
    return " ".join(str(text).split())


def log(message, priority=INFO):
    print(f"{priority}adopt-spool: {message}", file=sys.stderr, flush=True)


def main(*arguments):
    adoption = Adoption(*arguments)
    deadline = time.monotonic() + RUN_SECONDS
    while adoption.look():
        if time.monotonic() > deadline:
            return log("goes on in the next run")
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    sys.exit(0 if attempt(lambda: main(*sys.argv[1:]), "look") else 1)
