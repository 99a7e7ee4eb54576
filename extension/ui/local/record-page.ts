import type { DiagnosticContext } from "../../../backend/contract/diagnostics.ts";
import { codeOf, note } from "../../diagnostics/note.ts";

/** Reading another script from disk must not hold up what is filled in right after a page is drawn. */
const afterDrawingMs = 300;

/** Once the page is drawn: how long it took, and a recorder for what happens in it, whose script no page waits for. */
export function recordPage(context: Exclude<DiagnosticContext, "background">): void {
	note("page.drawn", { ms: performance.now() });
	record(context);
}

/** When it could not be drawn. */
export function recordFailedPage(context: Exclude<DiagnosticContext, "background">, error: unknown): void {
	note("page.failed", { code: codeOf(error) });
	record(context);
}

function record(context: DiagnosticContext): void {
	const start = async () => (await import("../../diagnostics/start-recorder.ts")).startRecorder(context);
	setTimeout(() => void start().catch(() => undefined), afterDrawingMs);
}
