"""Phone numbers and names as a wall may show them, and numbers written for reading.

All masking is one-way and of a fixed shape: how many digits or letters are hidden and which they
are cannot be told from the result, but that a number is shorter than six digits.
"""

from wallboard.masking.addresses import mask_address, mask_identity
from wallboard.masking.callers import mask_caller, show_caller
from wallboard.masking.free_text import mask_free
from wallboard.masking.names import UNKNOWN, mask_name
from wallboard.masking.numbers import WITHHELD, mask_number, show_number
from wallboard.masking.web_addresses import mask_url

__all__ = [
    "UNKNOWN",
    "WITHHELD",
    "mask_address",
    "mask_caller",
    "mask_free",
    "mask_identity",
    "mask_name",
    "mask_number",
    "mask_url",
    "show_caller",
    "show_number",
]
