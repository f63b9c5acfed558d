"""Panels that draw plain values in a terminal; they know nothing of where the values come from.

Every panel takes frozen values through `show(...)`, draws them with Textual's line API, and
refreshes only the cells that changed: showing the same values again costs no output. No panel has a
timer. Each is given a sentence for when it is empty (`empty=`), and takes `id=`. Times are seconds
(moments: epoch seconds), shares 0 to 1, None is unknown. Names may be hostile: they are text.

    banner      Banner().show(Trust)
                Trust(freshness, age=None, detail="", title="", clock="", shorter=())
                Freshness: LIVE CATCHING_UP STALE DISCONNECTED AS_OF
    headline    Headline(empty).show(rates: Sequence[Rate])              -> Headline.Selected(key)
                Rate(key, title, value, short="", compact="", sample="", trend="", level, gap=False)
    queues      Queues(empty).show(rows: Sequence[QueueRow])             -> Queues.Selected(key)
                QueueRow(key, name, waiting, longest, waits=(), target, service_level, asa,
                abandoned, ready, busy, paused, level, longest_level, service_level_level,
                abandoned_level, gap=False, share="", sample=None)
    callers     Callers().tell(rows: Sequence[CallerRow], waiting)       -> Callers.Selected(key)
                CallerRow(key, wait, queue, number, level)
    agents      Agents(empty).show(tiles: Sequence[AgentTile], now, note="", empty=None)
                -> Agents.Selected(key). Who is offline comes last.
                One line high it is the counts alone.
    tiles       AgentTile(key, name, state, since=None, reason="", limit=None, level, stuck=False)
                AgentState: AVAILABLE RINGING DIALLING ON_CALL ON_HOLD WRAP_UP PAUSED FAULT OFFLINE
                glyph(state), word(state), state_role(state), level_of(tile, now)
    histogram   Histogram(empty, title).show(hours: Sequence[Hour])
                Hour(label, answered=None, missed=None, typical=None, current=False, gap=False,
                key="")
    hour_choice HourChoice(empty, title).show(hours: Sequence[Hour])     -> HourChoice.Selected(key)
    lanes       Lanes(empty, clock).show(lanes: Sequence[Lane], now)
                Lane(key, title, stretches=(), end=None, reason="", marks=())
                Stretch(phase, start, end=None, word=""), LaneMark(at, glyph="⇄", word="")
                Phase: QUEUED RINGING TALKING HOLD LISTENING, and for an agent's day READY WRAP_UP
                PAUSED FAULT OFFLINE
    timeline    Timeline(clock, empty).show(rows: Sequence[TimelineRow], span: TimelineSpan)
                TimelineRow(key, glyph, title, role, stretches=(), total="", share="",
                is_now=False, is_part=False), TimelineSpan(start, end, now, gaps=(), mark=None)
    rows        Rows(columns, empty).show(rows, total, offset=0, sorted_by=-1); .show_columns(...)
                .move_cursor(index), .cursor, .cursor_key
                -> Rows.Moved(key, index), Rows.Opened(key), Rows.Wanted(offset, count)
    table       Column(title, width, align="left", grow=0, priority=0)
                Row(key, cells, level, levels=(), faint=False)
    funnel      Funnel(empty).show(stages: Sequence[Stage])              -> Funnel.Selected(key)
                Stage(key, title, count, share=None, of="")
    big         draw_bigs(values: Sequence[BigValue], width, height, unit, columns): for a wall
                BigValue(title, value, level, status="", samples=(), short="", is_plain=False)
    large_rows  draw_large_rows(rows, width, height, scale=, title=, ...): for a wall
                LargeRow(name, figures=(), level, levels=(), details=())
    lettering   letter(text, scale, role) -> lines: letters of several cells; scale_for(texts, ...)
    sheet       beside, placed, lowered, grounded: drawn lines put together
    course      Course(empty).show(title, points: Sequence[Point], words)
                Point(label, value, text="", is_now=False, has_gap=False)
    sparkline   Sparkline(empty).show(values); spark(values, cells) -> str
    status      Level: GOOD NOTICE WARNING CRITICAL UNKNOWN; glyph, word, mark, role of a level
    figures     duration, clock, age, share, count, money, change: numbers in words, `–` for None
    text        plain(text, cells, align="left"): external text, safe and exactly so wide

Messages carry `control`, so `@on(Queues.Selected, "#queues")` works. `Headline`, `Queues`, `Agents`
and `Funnel` take the focus and have `cursor_key`. Colours are the component classes `panel--<role>`
of `roles.py`, which a stylesheet may set: `Queues > .panel--warning { color: yellow; }`.

Each panel's `draw_...` function is pure: values and a size in, a `paint.Picture` out.
"""
