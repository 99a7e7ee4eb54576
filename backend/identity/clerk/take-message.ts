import type { TransactionSql } from "postgres";
import type { IdentityContext } from "../context.ts";
import { type ClerkRemoval, endSession, removeUser } from "./remove-user.ts";
import { saveUser } from "./save-user.ts";
import type { ClerkEvent } from "./webhook-event.ts";

const source = "clerk";
const nothingEnded: ClerkRemoval = { endedSessions: [], unreachable: null };

type Room = Pick<IdentityContext, "asIdentity" | "now">;

/**
 * Acts on a verified message once: its id and what it did are written in one transaction, so that a repetition finds the id, and a
 * message that failed leaves neither. Where a person is to be deleted, which is more than one transaction, the id is left out: the
 * caller deletes and then calls `rememberMessage`, and until then a repetition begins again.
 */
export async function takeMessage(context: Room, message: { id: string; event: ClerkEvent }): Promise<ClerkRemoval> {
	const now = new Date(context.now());
	return await context.asIdentity(async (sql) => {
		if (!(await remember(sql, message.id, now))) return nothingEnded;
		const removal = await act(sql, message.event, now);
		if (removal.unreachable !== null) {
			await sql`delete from sheaf.inbound_messages where source = ${source} and message_id = ${message.id}`;
		}
		return removal;
	});
}

/** Everything that the message asked for is done. */
export async function rememberMessage({ asIdentity, now }: Room, id: string): Promise<void> {
	await asIdentity((sql) => remember(sql, id, new Date(now())));
}

/** @returns whether nobody has remembered it before; two at once take turns. */
async function remember(sql: TransactionSql, id: string, now: Date): Promise<boolean> {
	const rows = await sql`
		insert into sheaf.inbound_messages (source, message_id, received_at) values (${source}, ${id}, ${now})
		on conflict do nothing returning 1`;
	return rows.length === 1;
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
