import { SheafError } from "../../errors.ts";
import { deletePerson } from "./delete-person.ts";
import type { DeletionDeps } from "./deletion-deps.ts";

/**
 * Removes a person whose only way in was deleted where it came from: nobody could ever ask for it again. May be repeated.
 *
 * @param person their address as it is now, which stands for the confirmation that they can no longer give
 * @returns `kept` when others are in a workspace that only this person owns: deleting them would leave it to nobody.
 */
export async function deleteUnreachable(
	deps: DeletionDeps,
	{ userId, email }: { userId: string; email: string },
): Promise<"deleted" | "kept"> {
	try {
		await deletePerson(deps, { userId }, email === "" ? "delete" : email);
		return "deleted";
	} catch (error) {
		if (!(error instanceof SheafError)) throw error;
		// Somebody else has deleted them in this moment.
		if (error.code === "auth/session-revoked") return "deleted";
		if (error.code === "users/sole-owner") return "kept";
		throw error;
	}
}
