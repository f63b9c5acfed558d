"""How an export stands, and what is in the file, in words. Pure."""

from wallboard.board.report_export import ExportStage, ExportState, ExportWanted
from wallboard.counted import counted


def privacy_words(wanted: ExportWanted, is_private: bool) -> str:
    """Whether numbers and names are masked in the file."""
    if not is_private:
        return "This report has no numbers or names of callers."
    if wanted.is_masked:
        return "Numbers and names are masked."
    recorded = ", which is recorded" if wanted.is_reveal else ""
    return f"Numbers and names are in full{recorded}."


def export_words(state: ExportState) -> str:
    """How an export stands; the whole path once it is there."""
    name = state.path.name
    match state.stage:
        case ExportStage.RUNNING:
            return f"Writing {name} … {counted(state.rows, 'row')} · esc cancels"
        case ExportStage.DONE:
            return f"Written, {counted(state.rows, 'row')}: {state.path}"
        case ExportStage.CANCELLED:
            return f"Cancelled: nothing is left of {name}."
        case ExportStage.FAILED:
            return state.problem
