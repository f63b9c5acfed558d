"""What is said on a board that was opened with --view to who tries to do more than look. Pure."""


def refusal(what: str) -> str:
    """Why the board does not do `what`, such as reveal, export or acknowledge."""
    return f"This board may look, not {what}. It was opened with --view."
