import type { TransactionSql } from "postgres";
import { isGoneAccount, lockAccount } from "../upstream-account.ts";
import { accountOf } from "./gone.ts";
import { findOrMakeTold } from "./person.ts";
import type { ClerkUser } from "./webhook-event.ts";

/**
 * Makes the person of a user of Clerk, or brings them up to date. Who also has another way in keeps name and address as they are:
 * then Clerk is only one of those that know them.
 *
 * An older message than the last one changes nothing, and none brings back who was deleted or left.
 */
export async function saveUser(sql: TransactionSql, user: ClerkUser, now: Date): Promise<void> {
	await lockAccount(sql, accountOf(user.id));
	if (await isGoneAccount(sql, accountOf(user.id))) return;
	const account = await findOrMakeTold(sql, user.id);
	if (account === null) return;
	if (account.upstreamUpdatedAt !== null && account.upstreamUpdatedAt >= user.updatedAt) return;
	await sql`
		update sheaf.user_accounts set label = ${user.label}, upstream_updated_at = ${user.updatedAt}
		where provider = 'clerk' and subject = ${user.id}`;
	await describePerson(sql, { userId: account.userId, user, now });
}

type Description = { userId: string; user: ClerkUser; now: Date };

/**
 * An address that another person has proven is theirs: this one then has none, and is still who they are by Clerk's id. Who is just
 * leaving for good is described no more.
 */
async function describePerson(sql: TransactionSql, { userId, user, now }: Description): Promise<void> {
	await sql`
		update sheaf.users u set
			first_name = ${user.firstName},
			last_name = ${user.lastName},
			email = told.email,
			email_verified_at = case
				when told.email = '' then null
				when told.email = u.email then coalesce(u.email_verified_at, ${now})
				else ${now}::timestamptz
			end
		from (
			select case when exists (
				select 1 from sheaf.users other
				where other.email = ${user.verifiedEmail ?? ""} and other.email_verified_at is not null and other.id <> ${userId}
			) then '' else ${user.verifiedEmail ?? ""} end as email
		) told
		where u.id = ${userId} and u.deletion_id is null
			and not exists (select 1 from sheaf.user_accounts a where a.user_id = u.id and a.provider <> 'clerk')`;
}
