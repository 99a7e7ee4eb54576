import type { TransactionSql } from "postgres";

/** The way in of a user of Clerk. `upstreamUpdatedAt`: when Clerk last changed the user, as far as messages have told. */
export type ClerkAccount = { userId: string; upstreamUpdatedAt: Date | null };

/** The person of a user of Clerk; made now, without an address, if nobody has told of them before. */
export async function findOrMakePerson(sql: TransactionSql, clerkUserId: string): Promise<ClerkAccount> {
	return (await findAccount(sql, clerkUserId)) ?? (await makePerson(sql, clerkUserId));
}

async function findAccount(sql: TransactionSql, subject: string): Promise<ClerkAccount | null> {
	const [row] = await sql<ClerkAccount[]>`
		select user_id, upstream_updated_at from sheaf.user_accounts where provider = 'clerk' and subject = ${subject}`;
	return row ?? null;
}

async function makePerson(sql: TransactionSql, subject: string): Promise<ClerkAccount> {
	const [made] = await sql<{ id: string }[]>`insert into sheaf.users (id, email) values (uuidv7(), '') returning id`;
	if (!made) throw new Error("A person was inserted and not returned.");
	const [account] = await sql<ClerkAccount[]>`
		insert into sheaf.user_accounts (user_id, provider, subject) values (${made.id}, 'clerk', ${subject})
		on conflict (provider, subject) do nothing returning user_id, upstream_updated_at`;
	if (account) return account;
	// They signed in at this very moment, and that made them.
	await sql`delete from sheaf.users where id = ${made.id}`;
	const known = await findAccount(sql, subject);
	if (!known) throw new Error("A way in is there and cannot be found.");
	return known;
}
