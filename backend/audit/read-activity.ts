import { Value } from "@sinclair/typebox/value";
import type { ActivityEntry, ActivityPage, ActivityQuery } from "../contract/activity.ts";
import { Uuid } from "../contract/ids.ts";
import type { AsIdentity } from "../db/as-identity.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";

type Deps = { database: { asTenant: AsTenant; asIdentity: AsIdentity } };

type EntryRow = {
	id: string;
	at: Date;
	action: string;
	subjectType: string;
	subjectId: string;
	ownerId: string;
	sessionId: string | null;
	outcome: string;
	subjectName: string | null;
};

const defaultLimit = 50;

/**
 * A page of what was changed in the workspace and by whom, the newest first. Ids are made in the order of time (UUIDv7), so the primary
 * key is the order.
 *
 * @throws SheafError `request/invalid` for a cursor that cannot be read
 */
export async function readActivity(deps: Deps, principal: Principal, query: ActivityQuery): Promise<ActivityPage> {
	const limit = query.limit ?? defaultLimit;
	if (query.cursor !== undefined && !Value.Check(Uuid, query.cursor)) {
		throw new SheafError("request/invalid", "The cursor is not one that this list gave.");
	}
	const rows = await readRows(deps, principal, { ...query, limit: limit + 1 });
	const page = rows.slice(0, limit);
	const names = await readNames(deps, principal.workspaceId, page);
	const last = page.at(-1);
	return {
		entries: page.map((row) => entryOf(row, names)),
		nextCursor: rows.length > limit && last !== undefined ? last.id : null,
	};
}

async function readRows(
	{ database }: Deps,
	principal: Principal,
	{ about, subjectId, cursor, limit }: ActivityQuery & { limit: number },
): Promise<readonly EntryRow[]> {
	return await database.asTenant(
		principal,
		async (sql) =>
			await sql<EntryRow[]>`
			select a.id, a.at, a.action, a.subject_type, a.subject_id, a.owner_id, a.session_id, a.outcome,
				coalesce(t.name, c.name, r.source->>'title', p.recipe->>'name', b.total::text) as subject_name
			from (
				select * from sheaf.audit_log
				where workspace_id = sheaf.current_workspace()
					and (${about ?? null}::text is null or subject_type = ${about ?? null})
					and (${subjectId ?? null}::uuid is null or subject_id = ${subjectId ?? null}::uuid)
					and (${cursor ?? null}::uuid is null or id < ${cursor ?? null}::uuid)
				order by id desc limit ${limit}
			) a
			left join sheaf.targets t on a.subject_type = 'target' and t.workspace_id = a.workspace_id and t.id = a.subject_id
			left join sheaf.connections c
				on a.subject_type = 'connection' and c.workspace_id = a.workspace_id and c.id = a.subject_id
			left join sheaf.records r on a.subject_type = 'record' and r.workspace_id = a.workspace_id and r.id = a.subject_id
			left join lateral (
				select v.recipe from sheaf.recipe_versions v
				where a.subject_type = 'recipe' and v.workspace_id = a.workspace_id and v.recipe_id = a.subject_id
				order by v.version desc limit 1
			) p on true
			left join sheaf.bulk_operations b on a.subject_type = 'bulk' and b.workspace_id = a.workspace_id and b.id = a.subject_id
			order by a.id desc`,
	);
}

type Names = { people: ReadonlyMap<string, string>; devices: ReadonlyMap<string, string> };

/** Of members of this workspace only: who has left is a person that it knows nothing of any more. */
async function readNames({ database }: Deps, workspaceId: string, rows: readonly EntryRow[]): Promise<Names> {
	const userIds = [...new Set(rows.flatMap((row) => [row.ownerId, ...(isMemberEntry(row) ? [row.subjectId] : [])]))];
	const sessionIds = [...new Set(rows.flatMap(({ sessionId }) => (sessionId === null ? [] : [sessionId])))];
	if (userIds.length === 0) return { people: new Map(), devices: new Map() };
	return await database.asIdentity(async (sql) => {
		const people = await sql<{ id: string; name: string }[]>`
			select u.id, coalesce(nullif(concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, '')), ''), u.email) as name
			from sheaf.workspace_members m join sheaf.users u on u.id = m.user_id
			where m.workspace_id = ${workspaceId} and u.id = any(${userIds}::uuid[])`;
		const devices = await sql<{ id: string; name: string }[]>`
			select s.id, s.device_name as name from sheaf.device_sessions s
			join sheaf.workspace_members m on m.user_id = s.user_id and m.workspace_id = ${workspaceId}
			where s.id = any(${sessionIds}::uuid[])`;
		return { people: named(people), devices: named(devices) };
	});
}

function named(rows: readonly { id: string; name: string }[]): ReadonlyMap<string, string> {
	return new Map(rows.map(({ id, name }) => [id, name]));
}

function isMemberEntry({ subjectType }: EntryRow): boolean {
	return subjectType === "member";
}

function entryOf(row: EntryRow, { people, devices }: Names): ActivityEntry {
	const name = isMemberEntry(row) ? (people.get(row.subjectId) ?? null) : row.subjectName;
	return {
		id: row.id,
		at: row.at.toISOString(),
		action: row.action,
		subject: { type: row.subjectType, id: row.subjectId, name },
		// The engine has no session: what it does it does by itself, in a row that names the owner of what it is about.
		who: row.sessionId === null ? null : { userId: row.ownerId, name: people.get(row.ownerId) ?? null },
		device: row.sessionId === null ? null : (devices.get(row.sessionId) ?? null),
		outcome: row.outcome,
	};
}
