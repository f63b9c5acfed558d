"""How the garbage of a process that takes in events is collected."""

import gc


def calm_garbage_collection() -> None:
    """Collect garbage rarely: events hold no cycles, and what lives long is frozen.

    Halves the cost of a batch (docs/performance.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
