import type { GuardedHttp, HttpRequest, HttpResponse } from "../connectors/connector.ts";
import { metrics } from "../telemetry/metrics.ts";
import { currentTraces, inSpans } from "../telemetry/tracing.ts";

/** The same way out, with what the provider answers counted by its class and timed (OBS-2). Nothing of what travels is looked at. */
export function watchProvider(http: GuardedHttp, provider: string): GuardedHttp {
	return async (request) => {
		const sentAt = performance.now();
		const response = await inSpans(currentTraces, callOf(provider, request), () => http(request));
		metrics.observe("sheaf_provider_seconds", { provider }, (performance.now() - sentAt) / 1_000);
		metrics.count("sheaf_provider_answers_total", { provider, status: statusClass(response) });
		return response;
	};
}

/** A step of every record's trace that the request carries. Its address stays out: it may name what people keep where. */
function callOf(provider: string, { method }: HttpRequest) {
	const attributes = { "sheaf.provider": provider, "http.request.method": method };
	return { name: `${provider} ${method}`, kind: "client", attributes } as const;
}

/** 429 by itself: it says that our pace is wrong, which no other refusal does. */
function statusClass(response: HttpResponse): string {
	if (response.kind !== "answered") return response.kind;
	return response.status === 429 ? "429" : `${Math.floor(response.status / 100)}xx`;
}
