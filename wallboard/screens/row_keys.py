"""Keys of rows that stand for a queue or an agent, whose ids are unique per source only."""


def row_key(source: int, identity: str) -> str:
    """The key of the row of a queue or an agent."""
    return f"{source}/{identity}"


def source_and_id(key: str) -> tuple[int, str]:
    """What such a key stands for."""
    source, _, identity = key.partition("/")
    return int(source), identity
