import { Elysia } from "elysia";
import { DiagnosticsRequest, DiagnosticsResponse } from "../../contract/diagnostics.ts";
import { diagnosticLine } from "../../diagnostics/diagnostic-logs.ts";
import { readEntries } from "../../diagnostics/read-entries.ts";
import { SheafError } from "../../errors.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import type { RouteDeps } from "../app-deps.ts";
import { whoOf } from "../plugins/log-requests.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** What an extension did, after its person allowed it (OBS-3). Nothing of it is stored: it goes to the log and to the operator's collector. */
export function postDiagnostics({ env, log, identity, diagnostics, clock = Date.now }: RouteDeps) {
	return new Elysia().use(requireAuth()).post(
		"/api/v1/diagnostics",
		async ({ principal, body, request }) => {
			const counted = await countHit(identity, rateLimits.diagnosticsPerSession, principal.sessionId ?? "");
			if (!counted.ok) throw tooMany(counted.retryAfterSeconds);
			const { client, entries, rejected } = readEntries(body);
			const sender = whoOf(request, env.logKey);
			for (const entry of entries) {
				const told = { entry, client, sender, takenMs: clock() };
				log.info(diagnosticLine(told), "extension");
				diagnostics?.(told);
			}
			return rejected === 0 ? {} : { partialSuccess: { rejectedLogRecords: String(rejected) } };
		},
		{
			body: DiagnosticsRequest,
			response: DiagnosticsResponse,
			detail: protectedDetail("diagnostics", "What an extension did (OTLP logs), once its person allows it"),
		},
	);
}

function tooMany(retryAfterSeconds: number): SheafError {
	const message = "This device has sent enough for now. The rest is sent later by itself.";
	return new SheafError("request/rate-limited", message, { details: { retryAfterSeconds } });
}
