"""How each type of resource is read back; importing a module registers its readers."""

from . import compute, data, delivery, network, services  # noqa: F401
