"""What can go wrong when deciding about people."""


class LastKeyHolderError(Exception):
    """Without this person nobody could keep the neighbourhood's site alive."""
