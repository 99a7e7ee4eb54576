import type { TransactionSql } from "postgres";

/**
 * The person's own workspace; made the first time they sign in (ID-7).
 *
 * @returns its id.
 */
export async function ensurePersonalWorkspace(sql: TransactionSql, userId: string): Promise<string> {
	// Two devices may sign in for the first time at once: the second waits here and finds what the first made.
	await sql`select 1 from sheaf.users where id = ${userId} for update`;
	const [known] = await sql<{ id: string }[]>`
		select w.id from sheaf.workspaces w
		join sheaf.workspace_members m on m.workspace_id = w.id
		where m.user_id = ${userId} and m.role = 'owner' and w.personal
		order by w.created_at limit 1`;
	if (known) return known.id;
	const [made] = await sql<{ id: string }[]>`
		with workspace as (
			insert into sheaf.workspaces (id, name, personal) values (uuidv7(), 'Personal', true) returning id
		)
		insert into sheaf.workspace_members (workspace_id, user_id, role)
		select id, ${userId}, 'owner' from workspace
		returning workspace_id as id`;
	if (!made) throw new Error("A workspace was inserted and not returned.");
	return made.id;
}
