"""What the data of each event type must look like: events.md, line by line.

A field is `name:what`, optional with `name?:what`; `what` is a closed list with bars between,
or one of the words that valid.py knows.
"""

SHAPES = {
    "account.defined": "account:text name:text parent?:text client?:flag time_zone?:text "
    "setup?:share tracking_ready?:flag",
    "campaign.defined": "campaign:text name:text account?:text parent?:text "
    "direction:inbound|outbound|blended channel:voice|sms|email|push|web goal?:goal "
    "control_share?:share drop_limit?:share drop_seconds?:number service_level?:target "
    "starts?:time ends?:time",
    "queue.defined": "queue:text name:text service_level?:target short_abandon_seconds?:number",
    "agent.defined": "agent:text name:text team?:text skills?:texts",
    "user.defined": "user:text account:text role:text client:flag intended?:flag active?:flag",
    "list.loaded": "list:text name:text original_name?:text campaign?:text account?:text "
    "started:time finished:time records:count rejected:count rejects?:object",
    "contact.added": "contact:text list?:text campaign?:text name?:text phone?:text tags?:texts",
    "contact.filtered": "contact:text list?:text campaign?:text sub_campaign?:text reason:text",
    "call.started": "call:text direction:inbound|outbound account?:text campaign?:text "
    "sub_campaign?:text list?:text contact?:text attempt?:count from_number?:text "
    "to_number?:text caller_id?:text agent?:text intended_queue?:text call_type?:text "
    "tracked?:flag recording_eligible?:flag attribution?:words location?:words",
    "leg.started": "leg:text call:text kind:A|B|S|M agent?:text number?:text caller_id?:text "
    "name?:text trunk?:text",
    "leg.answered": "leg:text call:text by?:human|machine|fax|unknown greeting_ended?:time",
    "leg.held": "leg:text call:text",
    "leg.resumed": "leg:text call:text",
    "leg.ended": "leg:text call:text cause:completed|busy|no_answer|failed|rejected|cancelled|"
    "congestion|dropped|lost by?:caller|agent|system billable_seconds?:number cost?:number "
    "recording_url?:text",
    "queue.entered": "call:text queue:text position?:count",
    "queue.left": "call:text queue:text reason:answered|abandoned|overflowed|timed_out|"
    "transferred|voicemail|callback|withdrawn|refused|redirected|lost agent?:text "
    "destination?:text",
    "call.transferred": "call:text from_agent?:text to_agent?:text to_queue?:text "
    "to_number?:text method:blind|attended",
    "call.recording": "call:text leg?:text status:started|completed|failed url?:text",
    "call.ended": "call:text reason:completed|abandoned|busy|no_answer|failed|rejected|"
    "voicemail|dropped|machine|fax|timed_out|lost by?:caller|agent|system",
    "call.wrapped": "call:text agent:text seconds?:number",
    "call.outcome": "call:text agent?:text disposition?:text outcome?:text call_type?:text "
    "notes?:text tags?:texts survey?:list qualified?:flag spam?:flag wrong_number?:flag "
    "appointment?:flag quote?:flag lead?:flag converted?:flag quote_value?:number "
    "lead_score?:number",
    "call.analysed": "call:text intent?:text sentiment?:number transcribed?:flag "
    "silence_seconds?:number dead_air_count?:count script_steps_required?:count "
    "script_steps_followed?:count phrases?:texts",
    "call.reviewed": "call:text spam?:flag outcome?:text",
    "call.matched": "call:text record:text/null",
    "call.exported": "call:text platform:text ok:flag error?:text",
    "call.checked": "call:text rule:text passed:flag",
    "connect.attempted": "connect:text call:text number:text started:time "
    "result:connected|busy|no_answer|failed answered?:time ended?:time talk_seconds?:number",
    "agent.changed": "agent:text presence?:offline|available|paused reason?:text "
    "activity?:idle|ringing|dialling|on_call|on_hold|wrap_up|fault call?:text queues?:texts "
    "campaign?:text",
    "visit.started": "visit:text visitor:text campaigns:texts control:texts page?:text "
    "attribution?:words",
    "exposure.shown": "visit:text campaign:text engagement:text kind:invitation|button|content",
    "engagement.made": "visit:text campaign:text engagement?:text kind:click|chat "
    "interactive?:flag",
    "goal.reached": "visit:text goal:text goal_type:sale|lead|page_views|other campaign?:text "
    "order?:text revenue?:number",
    "touch.recorded": "touch:text contact?:text phone?:text source:text channel?:text "
    "medium?:text campaign?:text keyword?:text page?:text",
    "spend.recorded": "spend:text account?:text campaign?:text channel?:text keyword?:text "
    "amount:number day:date",
    "opportunity.changed": "opportunity:text call?:text contact?:text phone?:text "
    "stage:open|won|lost value:number",
    "sale.recorded": "sale:text call?:text visit?:text contact?:text phone?:text agent?:text "
    "amount:number opportunity?:text",
    "number.shown": "shown:text visit?:text pool?:text number?:text correct:flag",
    "pool.sampled": "pool:text size:count in_use:count",
    "message.sent": "message:text campaign:text sub_campaign?:text contact?:text list?:text "
    "to?:text attempt?:count tags?:texts channel:sms|email|push service?:text",
    "message.delivered": "message:text reason?:text",
    "message.failed": "message:text reason?:text",
    "service.used": "use:text service:text account?:text campaign?:text call?:text "
    "message?:text quantity:number unit:text price:number amount:number",
    "report.delivered": "delivery:text report:text account:text due:time delivered?:time "
    "white_label:flag right_recipients?:flag right_data?:flag",
    "report.audited": "audit:text account:text report:text correct:flag",
    "dashboard.viewed": "view:text user:text account:text dashboard:text",
}
