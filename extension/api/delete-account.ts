import { t } from "../i18n/t.ts";
import type { DeleteAnswer } from "../messages/protocol.ts";
import { account, sessionEndedAt } from "../settings/items.ts";
import { discardRecipes } from "../settings/recipes.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Client } from "./client.ts";
import { forgetAccount, forgetTokens } from "./end-session.ts";
import type { SessionDeps } from "./session-deps.ts";
import { sessionLock } from "./session-lock.ts";

type DeleteDeps = Pick<SessionDeps, "locks" | "records" | "endWork"> & { client: Pick<Client, "deleteUser"> };

/**
 * Deletes the account at the server and then everything of it here, sealed or not (SEC-4). When the answer is lost, the next refresh
 * finds the session ended and seals what is here: nobody will ever open it.
 */
export async function deleteAccount(
	{ locks, records, endWork, client }: DeleteDeps,
	confirm: string,
): Promise<DeleteAnswer> {
	const userId = (await account.getValue())?.userId;
	if (userId === undefined) return { kind: "failed", message: t("answers.signInToDelete") };
	try {
		const receipt = await client.deleteUser(confirm);
		await locks.inTurn(sessionLock, async () => {
			if ((await account.getValue())?.userId === userId) {
				await forgetAccount({ endWork });
				await forgetTokens();
			}
			// A flush may have met the end of the session first, and taken it for one that somebody else made.
			await sessionEndedAt.setValue(null);
			await discardRecipes(locks, userId);
			// The account is gone, and its receipt is told. What a broken disk keeps back is sealed at the next start.
			await records.discard(userId).catch(() => undefined);
		});
		return { kind: "deleted", receipt };
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
		return { kind: "failed", message: error.message };
	}
}
