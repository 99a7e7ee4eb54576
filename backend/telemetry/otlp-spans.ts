import { nanoseconds, otlpAttributes, type Signal } from "./otlp-queue.ts";
import type { Span, SpanKind } from "./tracing.ts";

/** Spans as `opentelemetry/proto/trace/v1/trace.proto` has them. */
export const spanSignal: Signal<Span> = {
	path: "/v1/traces",
	body: (spans) => {
		const scopeSpans = [{ scope: { name: "sheaf" }, spans: spans.map(wireSpan) }];
		const resource = { attributes: otlpAttributes({ "service.name": "sheaf" }) };
		return { resourceSpans: [{ resource, scopeSpans }] };
	},
};

const kinds: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3 };
const errorStatus = 2;

function wireSpan({ traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes, failed }: Span): object {
	return {
		traceId,
		spanId,
		...(parentSpanId === null ? {} : { parentSpanId }),
		name,
		kind: kinds[kind],
		startTimeUnixNano: nanoseconds(startMs),
		endTimeUnixNano: nanoseconds(Math.max(startMs, endMs)),
		attributes: otlpAttributes(attributes),
		...(failed ? { status: { code: errorStatus } } : {}),
	};
}
