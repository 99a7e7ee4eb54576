import { randomBytes } from "node:crypto";
import { Elysia } from "elysia";
import { emitSpan, isTracing, newSpanId, now, parseTraceparent, type TraceContext } from "../../telemetry/tracing.ts";
import { requestId } from "./request-id.ts";

type Begun = TraceContext & { parentSpanId: string | null; startMs: number };
const begun = new WeakMap<Request, Begun>();

/** A span for each request, in the trace that `traceparent` names or in one of its own. Nothing while nobody collects. */
export function traceRequests() {
	return new Elysia({ name: "trace-requests" })
		.onRequest(({ request }) => {
			if (!isTracing()) return;
			const parent = parseTraceparent(request.headers.get("traceparent"));
			const traceId = parent?.traceId ?? randomBytes(16).toString("hex");
			begun.set(request, { traceId, spanId: newSpanId(), parentSpanId: parent?.spanId ?? null, startMs: now() });
		})
		.onAfterResponse({ as: "global" }, ({ request, set, route, responseValue }) => {
			const span = begun.get(request);
			if (span === undefined) return;
			const status = responseValue instanceof Response ? responseValue.status : Number(set.status ?? 200);
			emitSpan({
				...span,
				name: `${request.method} ${route || "unknown"}`,
				kind: "server",
				endMs: now(),
				attributes: {
					"http.request.method": request.method,
					"http.route": route || "unknown",
					"http.response.status_code": status,
					"sheaf.request_id": requestId(request),
				},
				failed: status >= 500,
			});
		});
}
