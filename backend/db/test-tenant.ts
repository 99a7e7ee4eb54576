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
