import { Elysia } from "elysia";
import type { Logger } from "pino";
import { actorUid } from "../../telemetry/actor-uid.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { requestId } from "./request-id.ts";
import { actorOf, principalOf } from "./require-auth.ts";

const startedAt = new WeakMap<Request, number>();

/** Asked every few seconds by machines: their lines would bury the others. */
const quietRoutes = new Set(["/healthz", "/readyz", "/metrics"]);

export type RequestLog = { log: Pick<Logger, "info" | "debug">; logKey: string; metrics: Metrics };

/**
 * One line per request (OBS-1): which route and not which address, because addresses carry what people look for; who asked as a
 * pseudonym, with session and device.
 */
export function logRequests({ log, logKey, metrics }: RequestLog) {
	return new Elysia({ name: "log-requests" })
		.onRequest(({ request }) => {
			startedAt.set(request, performance.now());
		})
		.onAfterResponse({ as: "global" }, ({ request, set, route, responseValue }) => {
			const status = responseValue instanceof Response ? responseValue.status : Number(set.status ?? 200);
			metrics.count("sheaf_http_requests_total", { status: `${Math.floor(status / 100)}xx` });
			const line = {
				requestId: requestId(request),
				method: request.method,
				route: route || null,
				status,
				ms: Math.round(performance.now() - (startedAt.get(request) ?? performance.now())),
				...whoOf(request, logKey),
			};
			if (quietRoutes.has(route)) log.debug(line, "request");
			else log.info(line, "request");
		});
}

/** The names are those of the specification. */
export function whoOf(request: Request, logKey: string): Record<string, string | null> {
	const [principal, actor] = [principalOf(request), actorOf(request)];
	if (principal === undefined || actor === undefined) return {};
	return {
		actor_uid: actorUid(logKey, actor),
		session_id: principal.sessionId,
		device_id: principal.deviceId,
	};
}
