import type { DiagnosticContext } from "../../backend/contract/diagnostics.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account } from "../settings/items.ts";
import { note, noteTo } from "./note.ts";
import { createRecorder } from "./recorder.ts";
import { openRing } from "./ring-database.ts";

const readOwner = async (): Promise<string | null> => (await account.getValue())?.userId ?? null;

/**
 * Keeps what this part of the extension notes, from now on and since it began, and what its scripts fail with.
 * The background calls it in its first turn; a page once it is drawn.
 */
export function startRecorder(context: DiagnosticContext): void {
	let known: Promise<string | null> | null = null;
	account.watch(() => {
		known = null;
	});
	const recorder = createRecorder({
		context,
		owner: () => {
			known ??= readOwner();
			return known;
		},
		ownerNow: readOwner,
		open: async (userId) => await openRing({ userId, deviceId: await readDeviceId() }),
		later: (work, delayMs) => void setTimeout(work, delayMs),
	});
	noteTo(recorder.take);
	addEventListener("error", ({ error }: ErrorEvent) => note("script.failed", { as: "error", thrown: nameOf(error) }));
	addEventListener("unhandledrejection", ({ reason }: PromiseRejectionEvent) =>
		note("script.failed", { as: "rejection", thrown: nameOf(reason) }),
	);
	// A page that is closed takes along what it has not written.
	if (context !== "background") addEventListener("pagehide", () => void recorder.write());
}

const names = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "AbortError"] as const;

/** An error's own name can be set to anything. */
function nameOf(error: unknown): (typeof names)[number] | "other" {
	return names.find((name) => error instanceof Error && error.name === name) ?? "other";
}
