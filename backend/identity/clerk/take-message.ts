import type { TransactionSql } from "postgres";
import type { IdentityContext } from "../context.ts";
import { type ClerkRemoval, endSession, removeUser } from "./remove-user.ts";
import { saveUser } from "./save-user.ts";
import type { ClerkEvent } from "./webhook-event.ts";

const nothingEnded: ClerkRemoval = { endedSessions: [], withoutWayIn: null };

/**
 * Acts on a verified message once: its id and what it did are written in one transaction, so that a repetition finds the id, and a
 * message that failed leaves neither.
 */
export async function takeMessage(
	context: Pick<IdentityContext, "asIdentity" | "now">,
	message: { id: string; event: ClerkEvent },
): Promise<ClerkRemoval> {
	const now = new Date(context.now());
	return await context.asIdentity(async (sql) => {
		const fresh = await sql`
			insert into sheaf.inbound_messages (source, message_id, received_at) values ('clerk', ${message.id}, ${now})
			on conflict do nothing returning message_id`;
		return fresh.length === 1 ? await act(sql, message.event, now) : nothingEnded;
	});
}

async function act(sql: TransactionSql, event: ClerkEvent, now: Date): Promise<ClerkRemoval> {
	switch (event.kind) {
		case "user-saved":
			await saveUser(sql, event.user, now);
			return nothingEnded;
		case "user-deleted":
			return await removeUser(sql, event.userId, now);
		case "session-ended":
			return await endSession(sql, event.sessionId, now);
		case "other":
			return nothingEnded;
	}
}
