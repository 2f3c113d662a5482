"""What to do with the spools of nodes that are gone: a function of what is seen, without any I/O.

Every step may be done twice, and each leaves a state from which the next look goes on, on this node or on another.
"""
# At once, on one node. Others take the rest.
MOST = 2
# EC2 shows the volume of an instance that is being started as free for a moment.
YOUNG_SECONDS = 600
# What is no call's is looked at by a person, unless somebody is still about to write it.
OLD_SECONDS = 86400
# Of a call, by media/contract/spool.ts.
OF_A_CALL = (".raw", ".caller.sln16", ".agent.sln16", ".transcript.jsonl", ".call.json", ".progress.json")
# Says which server wrote here and how far the recorder was: nothing of a call. Half-written, it says nothing at all.
WORTHLESS = ("server.json", "server.json.part")
WORTHLESS_END = ".progress.json.part"


def decide(seen):
    """The steps of one look, [verb, volume id] each.

    seen: instance (id of this one), own (volume id of its own spool), leaving (whether it is to take nothing new),
    emptied (volumes that this run saw empty and unmounted), disks (volume id -> whether it is mounted where it belongs)
    and held (volume id -> `holding` of what is on it); volumes with id, state, age in seconds, fault, holder, attachment.
    """
    others = [volume for volume in seen["volumes"] if volume["id"] != seen["own"]]
    ours = [volume for volume in others if volume["holder"] == seen["instance"]]
    free = [volume for volume in others if volume["state"] == "available" and volume["holder"] is None]
    steps = [step(volume["id"], of_ours(volume, seen)) for volume in ours]
    steps += [step(volume["id"], "delete") for volume in free if volume["id"] in seen["emptied"]]
    room = 0 if seen["leaving"] else max(0, MOST - len(ours))
    steps += [step(volume["id"], "attach") for volume in [one for one in free if is_orphan(one, seen)][:room]]
    return [one for one in steps if one[0] != "keep"]


def step(volume, verb):
    return [verb, volume]


def is_orphan(volume, seen):
    return not volume["fault"] and volume["age"] >= YOUNG_SECONDS and volume["id"] not in seen["emptied"]


def of_ours(volume, seen):
    """What to do with a volume that is on its way to this node, here, or on its way out."""
    name = volume["id"]
    if volume["attachment"] != "attached" or name not in seen["disks"]:
        return "wait"
    if not seen["disks"][name]:
        return "detach" if volume["fault"] or name in seen["emptied"] else "mount"
    return {"nothing": "empty", "old leftovers": "give up"}.get(seen["held"].get(name), "keep")


def holding(files):
    """files: name -> seconds since its last change, of everything that lies in a spool."""
    if any(name.endswith(OF_A_CALL) for name in files):
        return "calls"
    left = [age for name, age in files.items() if name not in WORTHLESS and not name.endswith(WORTHLESS_END)]
    if not left:
        return "nothing"
    return "old leftovers" if min(left) >= OLD_SECONDS else "leftovers"
