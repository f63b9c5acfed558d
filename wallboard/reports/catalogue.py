"""Every report there is, in the order in which they are listed."""

from typing import Final

from wallboard.reports.account_activity import ACCOUNT_ACTIVITY
from wallboard.reports.agent_performance import AGENT_PERFORMANCE
from wallboard.reports.attempts import ALL_ATTEMPTS, ALL_CONTACTS
from wallboard.reports.call_legs import CALL_LEGS
from wallboard.reports.call_reports import CALL_REPORTS
from wallboard.reports.campaign_dashboard import CAMPAIGN_DASHBOARD
from wallboard.reports.campaign_overview import CAMPAIGN_OVERVIEW
from wallboard.reports.campaign_results import CAMPAIGN_RESULTS
from wallboard.reports.contact_center import CONTACT_CENTER
from wallboard.reports.dispositions import DISPOSITIONS
from wallboard.reports.drop_compliance import DROP_COMPLIANCE
from wallboard.reports.gaps import GAPS
from wallboard.reports.list_audit import LIST_AUDIT
from wallboard.reports.reconciliation import RECONCILIATION
from wallboard.reports.report import Report
from wallboard.reports.services import SERVICE_DETAIL, SERVICE_SUMMARY

REPORTS: Final[tuple[Report, ...]] = (
    CAMPAIGN_RESULTS,
    CALL_REPORTS,
    CALL_LEGS,
    RECONCILIATION,
    AGENT_PERFORMANCE,
    DISPOSITIONS,
    SERVICE_SUMMARY,
    SERVICE_DETAIL,
    ACCOUNT_ACTIVITY,
    LIST_AUDIT,
    ALL_ATTEMPTS,
    ALL_CONTACTS,
    CONTACT_CENTER,
    CAMPAIGN_DASHBOARD,
    CAMPAIGN_OVERVIEW,
    DROP_COMPLIANCE,
    GAPS,
)

BY_NAME: Final[dict[str, Report]] = {report.name: report for report in REPORTS}
"""The reports by name."""
