"""What goes wrong, in words that end up in a stack event or in the answer to a request."""


class NotModelled(Exception):
    """The emulator has no truthful answer; the stack must fail rather than seem to hold."""


class InvalidTemplate(Exception):
    """CloudFormation would refuse the template or its parameters before it makes anything."""
