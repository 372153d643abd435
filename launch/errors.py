"""What goes wrong before the system runs."""


class SetupError(Exception):
    """Told to the person as it stands; always says what to do next."""
