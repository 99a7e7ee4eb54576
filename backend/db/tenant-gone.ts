/**
 * Whether a row was refused because its workspace is not there any more: it was deleted between the check of the token and
 * the write.
 */
export function isTenantGone(error: unknown): boolean {
	if (!(error instanceof Error) || !("code" in error) || !("constraint_name" in error)) return false;
	return error.code === "23503" && String(error.constraint_name).endsWith("_workspace_id_fkey");
}
