"""Which metrics are there? Whatever is counted anywhere is declared here, once.

`counter(name, help, *labels, label="its only values")`. Prometheus sees `contentcreate_` before
each name and `_total` behind each counter.
"""

from __future__ import annotations

from ops.metrics.metric import Metric, counter, gauge, histogram

_TIERS = "anonymous free premium staff"
_METHODS = "GET HEAD POST PUT PATCH DELETE OPTIONS"

METRICS: tuple[Metric, ...] = (
    # --- Requests
    counter(
        "http_requests",
        "Requests answered, by route template.",
        "route",
        "method",
        "status",
        "tier",
        method=_METHODS,
        tier=_TIERS,
    ),
    histogram("http_request_duration_seconds", "Time from middleware to answer.", "route"),
    histogram("http_request_queue_seconds", "Time between the proxy and this process."),
    counter("refusals", "Requests refused, by problem code.", "code", "tier", tier=_TIERS),
    # --- Admission
    counter(
        "limit_decisions",
        "What the limiter decided, by policy.",
        "policy",
        "tier",
        "outcome",
        tier=_TIERS,
        outcome="allowed near refused shadow",
    ),
    counter(
        "gate_decisions",
        "What the gate decided, by class of request.",
        "priority",
        "outcome",
        outcome="admitted waited shed",
    ),
    histogram("gate_wait_seconds", "Time spent waiting for room at the gate.", "priority"),
    gauge("gate_limit", "Requests that a process lets in at the same time."),
    gauge("gate_in_flight", "Requests inside a process."),
    gauge("load_level", "How much is being shed: 0 nothing, 4 all but the critical."),
    gauge("maintenance_open", "1 while the service is open, 0 during maintenance."),
    counter(
        "breaker_calls",
        "Calls through circuit breakers.",
        "breaker",
        "outcome",
        outcome="ok failed refused probe",
    ),
    gauge("breaker_open", "1 while the breaker refuses calls.", "breaker"),
    # --- Work
    counter(
        "submissions",
        "Contents submitted: known, joined, or new work.",
        "outcome",
        outcome="hit coalesced miss",
    ),
    counter("jobs_enqueued", "Jobs put into the queue.", "kind"),
    counter(
        "jobs",
        "Attempts that ended, by what became of the job.",
        "kind",
        "state",
        state="done retried dead canceled released",
    ),
    histogram("job_wait_seconds", "Time a job waited for its worker.", "kind"),
    histogram("job_run_seconds", "Time a worker spent on an attempt.", "kind"),
    histogram("engine_seconds", "Time the engine spent, by analyzer.", "analyzer"),
    counter("report_lookups", "Where finished reports were found.", "outcome", outcome="hit miss"),
    counter("cache_failures", "Cache calls that failed and were done without.", "cache"),
    counter(
        "webhook_deliveries",
        "Attempts to deliver a webhook.",
        "outcome",
        outcome="delivered failed refused",
    ),
    gauge("queue_depth", "Claimable jobs, by priority.", "priority"),
    gauge("queue_waiting", "Jobs that wait, for their time or for a worker."),
    gauge("queue_running", "Jobs that a worker holds."),
    gauge("queue_dead", "Jobs whose last attempt failed."),
    gauge("queue_oldest_wait_seconds", "How long the oldest claimable job has waited."),
    gauge("workers_alive", "Workers of the hosts that were heard from."),
    gauge("workers_silent", "Hosts that fell silent without saying good-bye."),
    # --- Machinery
    gauge("pool_size", "Database connections a process holds."),
    gauge("pool_available", "Database connections a process holds and does not use."),
    gauge("pool_requests_waiting", "Threads of a process that wait for a connection."),
    gauge("redis_up", "1 while Redis answers."),
    gauge("host_cpu_percent", "Processor use of the host.", "host"),
    gauge("host_memory_percent", "Memory use of the host.", "host"),
    gauge("host_load", "Load average of the last minute.", "host"),
    gauge("host_disk_free_bytes", "Free room where the data lies.", "host"),
    gauge("process_memory_bytes", "Resident memory of a process.", "role"),
    counter("events", "Events recorded, by name.", "name"),
    # --- The metrics themselves
    counter(
        "metrics_dropped",
        "Counts that were lost.",
        "reason",
        reason="undeclared overflow store",
    ),
    histogram("metrics_flush_seconds", "Time it took to store what a process counted."),
    # Never counted, but worked out by whoever reads.
    gauge("metrics_silent_seconds", "Since any process stored what it counted."),
    # --- Alerts
    counter(
        "alert_deliveries",
        "Attempts to deliver a notification.",
        "channel",
        "outcome",
        outcome="delivered failed",
    ),
    counter("alert_evaluations", "Times all rules were looked at."),
    gauge("alerts_firing", "Alerts that fire.", "severity", severity="info warning page"),
    gauge(
        "alert_signal", "What a rule watches and only the service itself can work out.", "signal"
    ),
)

BY_NAME = {metric.name: metric for metric in METRICS}
