import type { EventType, ZapierEvent } from "../contract/events.ts";
import type { Principal } from "../db/principal.ts";
import { aboutSubject, subjectOf } from "./deliver-events.ts";
import type { HookDeps } from "./event-deps.ts";
import { type EventRow, zapierEvent } from "./event-messages.ts";

const atMost = 3;

/** An event that never happened, with every name filled. */
export function sampleEvent(type: EventType): EventRow {
	const problem = { code: "delivery/value-refused", message: "“Price” takes a number.", action: "edit" as const };
	const about = { id: Bun.randomUUIDv7(), type, subjectId: Bun.randomUUIDv7(), createdAt: new Date() };
	if (type.startsWith("connection.")) {
		const data = { status: "expiring", problem: null, expiresAt: new Date().toISOString() };
		return { ...about, data, record: null, connection: { provider: "airtable", name: "Airtable" } };
	}
	const url = "https://example.org/";
	return {
		...about,
		data: {
			version: 1,
			targetId: Bun.randomUUIDv7(),
			remoteUrl: url,
			problem: type === "record.needs_you" ? problem : null,
		},
		record: {
			kind: "page",
			source: { url, title: "An example" },
			fields: { title: { type: "text", value: "An example" }, url: { type: "url", value: url } },
		},
		connection: null,
	};
}

/** What a Zap is set up with: the newest events of a type, or a made-up one where there is none yet. */
export async function sampleZapierEvents(
	{ database }: Pick<HookDeps, "database">,
	principal: Principal,
	type: EventType,
): Promise<ZapierEvent[]> {
	const events = await database.asTenant(
		principal,
		async (sql) =>
			await sql<EventRow[]>`
			select e.id, e.type, e.subject_id, e.created_at, e.data, ${aboutSubject(sql)}
			from sheaf.events e ${subjectOf(sql)}
			where e.workspace_id = sheaf.current_workspace() and e.type = ${type}
			order by e.id desc limit ${atMost}`,
	);
	return (events.length === 0 ? [sampleEvent(type)] : events).map(zapierEvent);
}
