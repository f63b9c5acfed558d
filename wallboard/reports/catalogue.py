"""Every report there is, in the order in which they are listed."""

from typing import Final

from wallboard.reports.call_reports import CALL_REPORTS
from wallboard.reports.report import Report

REPORTS: Final[tuple[Report, ...]] = (CALL_REPORTS,)

BY_NAME: Final[dict[str, Report]] = {report.name: report for report in REPORTS}
"""The reports by name."""
