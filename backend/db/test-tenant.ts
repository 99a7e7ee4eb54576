import type { Frequency } from "../contract/targets.ts";
import type { Database } from "./connect.ts";
import type { Principal } from "./principal.ts";

/** A person with a personal workspace, made past the sign-in page. Returns who they are when they act. */
export async function createTestTenant(database: Database): Promise<Principal> {
	const userId = Bun.randomUUIDv7();
	const workspaceId = Bun.randomUUIDv7();
	await database.asIdentity(async (sql) => {
		await sql`insert into sheaf.users (id, email) values (${userId}, ${`${userId}@example.test`})`;
		await sql`insert into sheaf.workspaces (id, name, personal) values (${workspaceId}, 'Personal', true)`;
		await sql`
			insert into sheaf.workspace_members (workspace_id, user_id, role) values (${workspaceId}, ${userId}, 'owner')`;
	});
	return { userId, workspaceId, role: "owner", sessionId: null, deviceId: null };
}

export type TestTargetSettings = { connectionId?: string; frequency?: Frequency; provider?: string };

export type TestTarget = { connectionId: string; targetId: string; containerId: string; tableId: string; lane: string };

const columns = [
	{ id: "fldTitle", name: "Title", type: "singleLineText", writable: true },
	{ id: "fldUrl", name: "URL", type: "url", writable: true },
	{ id: "fldPrice", name: "Price", type: "number", writable: true },
];
const mapping = [
	{ from: "title", to: "fldTitle" },
	{ from: "url", to: "fldUrl" },
	{ from: "price", to: "fldPrice" },
];

/** A target that matches on the url, with a connection of its own unless one is named. Nothing is asked of a provider. */
export async function createTestTarget(
	database: Database,
	principal: Principal,
	{ connectionId, frequency = "on_capture", provider = "practice" }: TestTargetSettings = {},
): Promise<TestTarget> {
	const connection = connectionId ?? Bun.randomUUIDv7();
	const targetId = Bun.randomUUIDv7();
	const [containerId, tableId] = ["appTest", "tblTest"];
	await database.asTenant(principal, async (sql) => {
		if (connectionId === undefined) {
			await sql`
				insert into sheaf.connections (id, provider, name, account_id, account_label, credential_jwe)
				values (${connection}, ${provider}, 'Test', 'usrTest', 'Test', '')`;
		}
		await sql`
			insert into sheaf.targets (id, connection_id, name, container_id, container_name, table_id, table_name, mapping, columns,
				match_key, frequency, conflict_policy)
			values (${targetId}, ${connection}, 'Test', ${containerId}, 'Base', ${tableId}, 'Table', ${sql.json(mapping)},
				${sql.json(columns)}, '{fldUrl}', ${frequency}, 'overwrite')`;
	});
	return { connectionId: connection, targetId, containerId, tableId, lane: `${connection}/${containerId}` };
}
