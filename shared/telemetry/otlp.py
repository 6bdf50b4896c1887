"""Spans to a tracing backend by OpenTelemetry's protocol (OTLP over HTTP). Imported only where a setting names one."""

from collections.abc import Callable

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanContext, SpanKind, TraceFlags
from opentelemetry.trace.status import Status, StatusCode

from shared.telemetry.tracing import Span, tell_spans

SAMPLED = TraceFlags(TraceFlags.SAMPLED)


def export_spans(url: str, process: str) -> Callable[[], None]:
    """Send every span that ends to `url`, in the background. Returns how to stop, which sends what is left."""
    processor = BatchSpanProcessor(OTLPSpanExporter(endpoint=url))
    resource = Resource({"service.name": "gort", "service.instance.id": process})

    def told(span: Span) -> None:
        processor.on_end(_readable(span, resource))

    stop = tell_spans(told)

    def end() -> None:
        stop()
        processor.shutdown()

    return end


def _readable(span: Span, resource: Resource) -> ReadableSpan:
    trace = int(span.trace, 16)
    parent = SpanContext(trace, int(span.parent, 16), is_remote=True, trace_flags=SAMPLED) if span.parent else None
    return ReadableSpan(
        name=span.name,
        context=SpanContext(trace, int(span.span, 16), is_remote=False, trace_flags=SAMPLED),
        parent=parent,
        resource=resource,
        kind=SpanKind.INTERNAL,
        start_time=span.began,
        end_time=span.ended,
        status=Status(StatusCode.ERROR if span.failed else StatusCode.UNSET),
    )
