/**
 * Whether row-level security refused a row that somebody wanted to write. It is the last layer: the one before it should have said so,
 * and did not. By the place in the server that says it, because 42501 is also what a missing grant is answered with and the
 * message is in the server's language.
 */
export function isRowRefused(error: unknown): boolean {
	if (!(error instanceof Error) || !("code" in error) || !("routine" in error)) return false;
	return error.code === "42501" && error.routine === "ExecWithCheckOptions";
}
