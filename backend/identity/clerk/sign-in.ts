import { SheafError } from "../../errors.ts";
import type { IdentityContext } from "../context.ts";
import type { SignedIn } from "../signed-in.ts";
import { lockAccount } from "../upstream-account.ts";
import { accountOf, isGone, lockSession } from "./gone.ts";
import { findOrMakePerson } from "./person.ts";
import { endSession } from "./remove-user.ts";
import type { ClerkSession } from "./session-token.ts";

/**
 * The person of a verified session; made now if no webhook came before.
 *
 * @throws SheafError `auth/upstream-refused` when Clerk has said that the user or the session is gone.
 */
export async function signInWithClerk(context: IdentityContext, session: ClerkSession): Promise<SignedIn> {
	return await context.asIdentity(async (sql) => {
		await lockAccount(sql, accountOf(session.userId));
		if (await isGone(sql, session)) throw gone();
		const { userId } = await findOrMakePerson(sql, session.userId);
		await sql`
			update sheaf.user_accounts set last_used_at = ${new Date(context.now())}
			where provider = 'clerk' and subject = ${session.userId}`;
		return { userId, provider: "clerk" };
	});
}

/**
 * Called when the device's session stands: a message that came in between found nothing to end. Under the same locks as the messages,
 * so that one of the two sees the other.
 *
 * @throws SheafError `auth/upstream-refused`, and the device is signed out again.
 */
export async function confirmClerkSession(context: IdentityContext, session: ClerkSession): Promise<void> {
	const late = await context.asIdentity(async (sql) => {
		// No message takes both locks, so their order is no danger.
		await lockAccount(sql, accountOf(session.userId));
		await lockSession(sql, session.sessionId);
		if (!(await isGone(sql, session))) return false;
		await endSession(sql, session.sessionId, new Date(context.now()));
		return true;
	});
	if (late) throw gone();
}

function gone(): SheafError {
	return new SheafError("auth/upstream-refused", "This session has ended at Clerk. Sign in there again.");
}
