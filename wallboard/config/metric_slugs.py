"""What the configuration knows of the metrics: their slugs, and which way each is worse.

The catalogue itself stands above the configuration; a test holds the two together.
"""

from typing import Final


def _named(slugs: str) -> frozenset[str]:
    return frozenset(slugs.split())


UP: Final = _named(
    """
    total_calls unique_callers first_time_callers answered_calls connected_calls
    calls_by_date_range qualified_calls qualified_call_rate sales_inquiry_rate
    appointment_booking_rate quote_rate lead_score intent_detection_rate quote_value
    sales_value answer_rate callback_rate after_hours_response_rate routing_success_rate
    service_level routing_accuracy call_recording_rate call_recording_completion_rate
    transcription_coverage_rate sentiment_score script_adherence_rate
    call_outcome_classification_accuracy call_conversion_rate call_to_lead_rate
    call_to_appointment_rate call_to_opportunity_rate call_to_sale_rate lead_close_rate
    revenue_per_call revenue_per_qualified_call average_order_value pipeline_value
    booked_revenue customer_lifetime_value repeat_purchase_rate return_on_ad_spend
    marketing_roi revenue_per_first_time_caller media_efficiency crm_match_rate
    attribution_completeness_rate offline_conversion_import_success_rate tracking_coverage_rate
    dni_success_rate spam_detection_accuracy privacy_compliance_rate report_delivery_accuracy
    client_account_health_score white_label_report_delivery_rate
    multi_account_reporting_accuracy campaign_reporting_coverage
    account_attribution_completeness user_access_adoption_rate client_dashboard_usage_rate
    dial_answer_rate contact_rate conversion_rate drop_headroom contacts_reached prospects
    exposures engagements conversions goals_reached chat_conversion_rate view_through_rate
    click_through_rate goals_after_engagement revenue_after_engagement aov_exposed
    incremental_conversions incremental_revenue
    """
)
"""More is better of these: an alarm is for too little."""

DOWN: Final = _named(
    """
    missed_calls voicemail_calls spam_call_rate wrong_number_rate duplicate_lead_rate
    missed_call_rate callback_response_time transfer_rate abandonment_rate
    average_speed_of_answer average_waiting_time overflow_routing_rate
    average_transfers_per_call queue_response_time hold_time average_handle_time
    after_call_work_time silence_rate dead_air_rate cost_per_call cost_per_qualified_call
    cost_per_lead cost_per_appointment cost_per_sale missed_call_revenue_loss
    duplicate_record_rate drop_rate calls_waiting longest_wait estimated_wait
    """
)
"""Less is better of these: an alarm is for too much."""

NEITHER: Final = _named(
    """
    repeat_callers after_hours_calls customer_path_touchpoints call_duration
    average_call_duration talk_time key_phrase_mention_rate number_pool_usage dials retry_share
    calls_in_progress occupancy control_rate goal_type_average aov_control
    """
)
"""Neither way is better: the order of the thresholds says which is worse; more, of one alone."""

LISTS: Final = _named(
    """
    calls_by_day calls_by_hour calls_by_weekday peak_call_periods call_source traffic_channel
    campaign_attribution keyword_attribution landing_page_attribution call_type
    geographic_call_attribution call_medium ad_group_attribution ad_attribution
    creative_attribution referring_url referral_source channel_distribution calls_by_campaign
    calls_by_keyword calls_by_landing_page calls_by_channel area_code_attribution
    first_touch_attribution assist_touch_attribution lead_creation_touch_attribution
    last_touch_attribution closed_won_touch_attribution conversion_outcome_by_call
    revenue_by_channel revenue_by_campaign revenue_by_keyword revenue_by_landing_page
    agents_by_state contribution
    """
)
"""These are lists, with no one value that an alarm could watch."""

LIVE: Final = _named("calls_waiting longest_wait calls_in_progress occupancy estimated_wait")
"""Figures of the instant, whatever the window."""

SLUGS: Final = UP | DOWN | NEITHER | LISTS
