import type { TransactionSql } from "postgres";
import { forgetLeft, hasLeft } from "../upstream-account.ts";
import { accountOf } from "./gone.ts";

/** The way in of a user of Clerk. `upstreamUpdatedAt`: when Clerk last changed the user, as far as messages have told. */
export type ClerkAccount = { userId: string; upstreamUpdatedAt: Date | null };

/**
 * The person of a user of Clerk who signs in; made now if nobody has told of them before: without an address, because neither a token nor
 * the order of messages can be relied on to tell it. The caller has locked the account.
 */
export async function findOrMakePerson(sql: TransactionSql, clerkUserId: string): Promise<ClerkAccount> {
	const known = await findPerson(sql, clerkUserId);
	if (known) return known;
	await forgetLeft(sql, accountOf(clerkUserId));
	return await makePerson(sql, clerkUserId);
}

/** The same for somebody a message tells of: null for one who left or removed this way in, whom only a sign-in brings back. */
export async function findOrMakeTold(sql: TransactionSql, clerkUserId: string): Promise<ClerkAccount | null> {
	const known = await findPerson(sql, clerkUserId);
	if (known) return known;
	// After the look for the person: who left in between has been remembered by then.
	return (await hasLeft(sql, accountOf(clerkUserId))) ? null : await makePerson(sql, clerkUserId);
}

async function findPerson(sql: TransactionSql, clerkUserId: string): Promise<ClerkAccount | undefined> {
	const [known] = await sql<ClerkAccount[]>`
		select user_id, upstream_updated_at from sheaf.user_accounts where provider = 'clerk' and subject = ${clerkUserId}`;
	return known;
}

async function makePerson(sql: TransactionSql, clerkUserId: string): Promise<ClerkAccount> {
	const [made] = await sql<ClerkAccount[]>`
		with person as (insert into sheaf.users (id, email) values (uuidv7(), '') returning id)
		insert into sheaf.user_accounts (user_id, provider, subject) select id, 'clerk', ${clerkUserId} from person
		returning user_id, upstream_updated_at`;
	if (!made) throw new Error("A person was inserted and not returned.");
	return made;
}
