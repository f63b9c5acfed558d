"""Which optional event types each metric rests on: null where one was never sent (reading 10)."""

OUTCOME, SALE, SPEND, TOUCH = "call.outcome", "sale.recorded", "spend.recorded", "touch.recorded"
ANALYSED, RECORDING, OPPORTUNITY = "call.analysed", "call.recording", "opportunity.changed"
VISIT, EXPOSURE, ENGAGEMENT, GOAL = (
    "visit.started",
    "exposure.shown",
    "engagement.made",
    "goal.reached",
)

RESTS: dict[tuple[str, ...], str] = {
    (TOUCH,): "customer_path_touchpoints first_touch_attribution assist_touch_attribution "
    "last_touch_attribution",
    (TOUCH, OUTCOME): "lead_creation_touch_attribution",
    (TOUCH, OPPORTUNITY): "closed_won_touch_attribution",
    (OUTCOME,): "qualified_calls qualified_call_rate spam_call_rate wrong_number_rate "
    "duplicate_lead_rate sales_inquiry_rate appointment_booking_rate quote_rate lead_score "
    "conversion_outcome_by_call quote_value call_to_lead_rate call_to_appointment_rate",
    (ANALYSED,): "intent_detection_rate transcription_coverage_rate sentiment_score "
    "script_adherence_rate silence_rate dead_air_rate key_phrase_mention_rate",
    (SALE,): "sales_value call_to_sale_rate revenue_per_call average_order_value "
    "customer_lifetime_value repeat_purchase_rate revenue_by_channel revenue_by_campaign "
    "revenue_by_keyword revenue_by_landing_page revenue_per_first_time_caller "
    "missed_call_revenue_loss",
    (OUTCOME, SALE): "lead_close_rate revenue_per_qualified_call",
    (OPPORTUNITY,): "call_to_opportunity_rate pipeline_value",
    (SPEND,): "cost_per_call media_efficiency",
    (SPEND, OUTCOME): "cost_per_qualified_call cost_per_lead cost_per_appointment",
    (SPEND, SALE): "cost_per_sale return_on_ad_spend marketing_roi",
    ("call.transferred",): "transfer_rate average_transfers_per_call",
    ("queue.entered",): "routing_accuracy",
    ("call.wrapped",): "after_call_work_time",
    (RECORDING,): "call_recording_rate call_recording_completion_rate",
    ("call.reviewed",): "call_outcome_classification_accuracy spam_detection_accuracy",
    ("call.matched",): "crm_match_rate",
    ("call.exported",): "offline_conversion_import_success_rate",
    ("number.shown",): "dni_success_rate",
    ("pool.sampled",): "number_pool_usage",
    ("call.checked",): "privacy_compliance_rate",
    ("report.delivered",): "report_delivery_accuracy white_label_report_delivery_rate",
    ("account.defined",): "client_account_health_score",
    ("report.audited",): "multi_account_reporting_accuracy",
    ("campaign.defined",): "campaign_reporting_coverage",
    ("user.defined", "dashboard.viewed"): "user_access_adoption_rate client_dashboard_usage_rate",
    (VISIT,): "prospects",
    (VISIT, EXPOSURE): "exposures",
    (VISIT, ENGAGEMENT): "engagements",
    (VISIT, EXPOSURE, GOAL): "conversions goals_reached view_through_rate goal_type_average "
    "contribution aov_exposed",
    (VISIT, ENGAGEMENT, GOAL): "chat_conversion_rate click_through_rate goals_after_engagement "
    "revenue_after_engagement",
    (VISIT, GOAL): "control_rate aov_control incremental_conversions incremental_revenue",
}
"""All of the types, by the metrics that need each of them."""

LEGS = {"leg.started", "leg.answered", "leg.ended"}
COUNT_ANSWERS = {
    "answered_calls",
    "connected_calls",
    "answer_rate",
    "routing_success_rate",
    "average_speed_of_answer",
    "service_level",
    "talk_time",
    "hold_time",
    "average_handle_time",
    "after_call_work_time",
    "call_recording_rate",
    "transcription_coverage_rate",
    "missed_call_revenue_loss",
    "media_efficiency",
    "dial_answer_rate",
    "contact_rate",
    "conversion_rate",
    "drop_rate",
    "drop_headroom",
}
"""What counts answers is unknown where no feed ever told of a leg, whichever of its events."""

COUNT_ENDS = {
    "missed_calls",
    "voicemail_calls",
    "answer_rate",
    "missed_call_rate",
    "callback_rate",
    "callback_response_time",
    "abandonment_rate",
    "service_level",
    "call_duration",
    "average_call_duration",
    "missed_call_revenue_loss",
}
"""What counts how calls ended."""

EITHER = {
    "call_conversion_rate": (OUTCOME, SALE),
    "conversion_rate": (OUTCOME, SALE),
    "booked_revenue": (OPPORTUNITY, SALE),
}
"""Metrics that any one of the types can tell."""


def resting_on_nothing(sent: set[str]) -> set[str]:
    """The metrics of which nothing can be known, given the types that were ever sent."""
    result = {slug for slug, types in EITHER.items() if not sent & set(types)}
    if not sent & LEGS:
        result |= COUNT_ANSWERS
    if "call.ended" not in sent:
        result |= COUNT_ENDS
    for types, slugs in RESTS.items():
        if not set(types) <= sent:
            result |= set(slugs.split())
    return result
