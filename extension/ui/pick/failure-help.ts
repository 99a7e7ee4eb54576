import { ApiFailure } from "../../api/api-failure.ts";

/** What helps when a source could not be asked. `conditions`: one of them does not fit (any more). */
export type FailureHelp = "sign-in" | "account" | "conditions" | "again";

const ofTheAccount: ReadonlySet<string> = new Set([
	"connections/not-found",
	"connections/credential-refused",
	"connections/scope-missing",
	"connections/disconnected",
	"connections/not-approved",
	"connections/profile-unknown",
	"connections/address-refused",
]);

/** The one thing to press. */
export function helpFor(failure: unknown): FailureHelp {
	const code = failure instanceof ApiFailure ? failure.code : "";
	if (code === "client/signed-out") return "sign-in";
	if (ofTheAccount.has(code)) return "account";
	return code === "sources/filter-invalid" ? "conditions" : "again";
}

/** Without a network there is one sentence for all of it. */
export function isOffline(failure: unknown, online: boolean): boolean {
	return !online && failure instanceof ApiFailure && failure.code.startsWith("client/");
}
