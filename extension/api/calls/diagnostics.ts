import type { DiagnosticsRequest, DiagnosticsResponse } from "../../../backend/contract/diagnostics.ts";
import type { Requester } from "../request.ts";

/** Only the background sends diagnostics, so that pages do not carry this. */
export function diagnosticsCalls(request: Requester) {
	return {
		/** After the person allowed it, and never before. */
		sendDiagnostics(body: DiagnosticsRequest, signal: AbortSignal): Promise<DiagnosticsResponse> {
			return request({ method: "POST", path: "/api/v1/diagnostics", body, signal, answers: isAnswer });
		},
	};
}

function isAnswer(body: unknown): body is DiagnosticsResponse {
	return typeof body === "object" && body !== null && !Array.isArray(body);
}
