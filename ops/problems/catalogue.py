"""Which errors can the API answer, what do they mean, and what helps?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorKind:
    """One entry of the catalogue; its page is the `type` of its problem documents."""

    code: str
    status: int
    title: str
    meaning: str
    remedy: str
    type_uri: str = ""
    """A registered type that other services use too; else the page of the catalogue."""


_QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
_REDUCED_CAPACITY = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity"


CATALOGUE: dict[str, ErrorKind] = {
    kind.code: kind
    for kind in (
        ErrorKind(
            "bad_request",
            400,
            "The request is malformed",
            "The server could not make sense of the request's address, host or headers.",
            "Compare the request with the examples in the documentation.",
        ),
        ErrorKind(
            "invalid_json",
            400,
            "The body is not valid JSON",
            "The request body could not be read as JSON in UTF-8.",
            "Send one JSON object. The detail names the place where reading stopped.",
        ),
        ErrorKind(
            "bad_cursor",
            400,
            "The cursor is not valid",
            "A list was asked to go on from a cursor that this service did not give out.",
            "Take `next_cursor` of the page before unchanged, or start again without a cursor.",
        ),
        ErrorKind(
            "bad_parameter",
            400,
            "A query parameter is not valid",
            "A parameter in the address has a value that the endpoint cannot use.",
            "The detail names the parameter and the values it takes.",
        ),
        ErrorKind(
            "missing_key",
            401,
            "An API key is needed",
            "The endpoint answers only clients that show an API key.",
            "Send `Authorization: Bearer cc_…` or `X-API-Key: cc_…`.",
        ),
        ErrorKind(
            "invalid_key",
            401,
            "The API key is not valid",
            "A key was shown that is mistyped or unknown to this service.",
            "Copy the key again, whole and without spaces, or ask for a new one.",
        ),
        ErrorKind(
            "key_expired",
            401,
            "The API key has expired",
            "The key was valid until a date that has passed.",
            "Ask for a new key.",
        ),
        ErrorKind(
            "key_revoked",
            401,
            "The API key was revoked",
            "The key was withdrawn by its owner or by the staff.",
            "Ask for a new key.",
        ),
        ErrorKind(
            "forbidden",
            403,
            "This is not allowed",
            "The client is known, but may not do this.",
            "Use a key that may, or ask the staff.",
        ),
        ErrorKind(
            "ip_not_allowed",
            403,
            "The key may not be used from this address",
            "The key was made for certain networks, and the request came from elsewhere.",
            "Send the request from one of them, or use a key without this limit.",
        ),
        ErrorKind(
            "insufficient_scope",
            403,
            "The key may not do this",
            "The key was made for other actions than this one.",
            "Use a key with the scope that the detail names.",
        ),
        ErrorKind(
            "not_found",
            404,
            "There is nothing here",
            "No such endpoint, or no such object that this client may see.",
            "Check the address and the id, and show the key that made the object.",
        ),
        ErrorKind(
            "method_not_allowed",
            405,
            "The endpoint does not take this method",
            "The address exists, but not for this HTTP method.",
            "The `Allow` header lists the methods it takes.",
        ),
        ErrorKind(
            "not_acceptable",
            406,
            "The answer cannot be given in this form",
            "The `Accept` header leaves out every form the endpoint can answer in.",
            "Accept `application/json`.",
        ),
        ErrorKind(
            "analysis_running",
            409,
            "The analysis is running",
            "A running analysis cannot be erased.",
            "Wait until it is finished and try again; the answer says how long.",
        ),
        ErrorKind(
            "analysis_not_finished",
            409,
            "The analysis has no report",
            "A comparison needs the reports of both analyses, and one of them has none yet.",
            "Wait until both have succeeded and ask again.",
        ),
        ErrorKind(
            "batch_not_ended",
            409,
            "The batch has not ended",
            "The results of a batch are read at once, when all of its items have ended.",
            "Poll the batch until its `processing_status` is `ended`; `Retry-After` says how long.",
        ),
        ErrorKind(
            "too_many_endpoints",
            409,
            "The client has as many webhook endpoints as it may have",
            "Endpoints, and the origins that submissions name, are bounded for each client.",
            "Delete one that is not needed any more.",
        ),
        ErrorKind(
            "idempotency_in_progress",
            409,
            "The same request is being worked on",
            "A request with this `Idempotency-Key` has not been answered yet.",
            "Wait for the seconds in `Retry-After`, then send the same request again.",
        ),
        ErrorKind(
            "gone",
            410,
            "It was here and is no more",
            "The text and its report were kept for their time and then erased.",
            "Submit the content again.",
        ),
        ErrorKind(
            "payload_too_large",
            413,
            "The request body is too large",
            "The body has more bytes than the service takes.",
            "Send a shorter text, or split it.",
        ),
        ErrorKind(
            "text_too_long",
            413,
            "The text is too long",
            "The content has more characters or words than this client may submit at once.",
            "Send a shorter text or split it; with an API key texts may be longer.",
        ),
        ErrorKind(
            "unsupported_media_type",
            415,
            "The body's type is not supported",
            "The endpoint reads JSON only, and not packed.",
            "Send `Content-Type: application/json`, without `Content-Encoding`.",
        ),
        ErrorKind(
            "validation_failed",
            422,
            "The request does not fit the contract",
            "The body is JSON, but some of its members are missing, unknown or out of range.",
            "`errors` lists each member by JSON pointer with what is wrong.",
        ),
        ErrorKind(
            "unknown_field",
            422,
            "The request has an unknown member",
            "A member of the body is not part of the contract; it would have been ignored.",
            "Remove it, or correct its name: the message suggests the nearest one.",
        ),
        ErrorKind(
            "unknown_analyzer",
            422,
            "There is no such analyzer",
            "An analyzer was named that this service does not have.",
            "Correct its name: the message suggests one, `/api/v1/analyzers` lists all.",
        ),
        ErrorKind(
            "text_empty",
            422,
            "There is no text",
            "The content is empty or holds only white space or markup.",
            "Send a text with at least one word.",
        ),
        ErrorKind(
            "idempotency_mismatch",
            422,
            "The key was used for another request",
            "The `Idempotency-Key` belongs to a request with another body.",
            "Take a new key for each new request; repeat the same body to see its answer again.",
        ),
        ErrorKind(
            "unsafe_url",
            422,
            "The URL cannot be called",
            "Webhooks and pages to be read have public addresses: not in private networks, not at"
            " odd ports.",
            "The detail says what is in the way. Use a public https URL.",
        ),
        ErrorKind(
            "rate_limited",
            429,
            "Too many requests",
            "The client has used up what one of its limits allows. A refusal uses up nothing.",
            "Wait for the seconds in `Retry-After`; `violated-policies` names the limit.",
            _QUOTA_EXCEEDED,
        ),
        ErrorKind(
            "daily_quota_exceeded",
            429,
            "The quota of the day is used up",
            "The client has used up what it may submit in a day.",
            "Wait for the seconds in `Retry-After`, or ask for a wider quota.",
            _QUOTA_EXCEEDED,
        ),
        ErrorKind(
            "concurrency_limited",
            429,
            "Too many requests at the same time",
            "The client already has as many unanswered requests as it may have.",
            "Wait for an answer before sending the next request.",
            _QUOTA_EXCEEDED,
        ),
        ErrorKind(
            "internal_error",
            500,
            "Something broke on our side",
            "The service met an error it did not expect. It has been logged.",
            "Try again. If it stays, report the `request_id`.",
        ),
        ErrorKind(
            "analysis_failed",
            500,
            "The analysis failed",
            "The analysis was tried as often as the service tries and did not succeed.",
            "Submit the content again to start anew. If it stays, report the analysis' id.",
        ),
        ErrorKind(
            "timeout",
            504,
            "It took too long",
            "The analysis was stopped because it took longer than an analysis may take.",
            "Split the text, or choose a smaller profile or fewer analyzers.",
        ),
        ErrorKind(
            "maintenance",
            503,
            "Closed for maintenance",
            "The service, or this part of it, is closed for planned work. Nothing is lost.",
            "Come back after the seconds in `Retry-After`; the detail says what is closed.",
        ),
        ErrorKind(
            "read_only",
            503,
            "The service only reads at the moment",
            "Reports can be read; nothing new is taken while the service is being worked on.",
            "Submit again after the seconds in `Retry-After`.",
        ),
        ErrorKind(
            "load_shed",
            503,
            "The service is overloaded",
            "More is asked of the service than it can do; this request has to come back later."
            " It cost you nothing of your quota.",
            "Try again after the seconds in `Retry-After`.",
            _REDUCED_CAPACITY,
        ),
        ErrorKind(
            "queue_full",
            503,
            "The queue is full",
            "New work of this kind would wait longer than the service promises."
            " Known texts are still answered.",
            "Submit again after the seconds in `Retry-After`: by then there is room.",
            _REDUCED_CAPACITY,
        ),
        ErrorKind(
            "analyzer_disabled",
            503,
            "The analyzer is out of service",
            "An analyzer that was asked for by name cannot run at the moment.",
            "Leave it out, or try again later; `/api/v1/analyzers` says what runs.",
        ),
        ErrorKind(
            "dependency_unavailable",
            503,
            "A part of the service is down",
            "The service cannot reach its database at the moment. Nothing was accepted or lost.",
            "Try again after the seconds in `Retry-After`.",
        ),
    )
}
