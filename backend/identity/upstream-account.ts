import type { TransactionSql } from "postgres";
import { tokenHash } from "./opaque-tokens.ts";

/** Who somebody is at an upstream: an account there belongs to one person here. */
export type AccountKey = { provider: string; subject: string };

/** Only one transaction at a time decides about an account: two windows may make the same person at once. */
export async function lockAccount(sql: TransactionSql, { provider, subject }: AccountKey): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`sheaf.${provider}/${subject}`}, 0))`;
}

/** Whether the upstream has said that this account is gone; its ids are never used again, so nobody may come back by it. */
export async function isGoneAccount(sql: TransactionSql, key: AccountKey): Promise<boolean> {
	const rows = await sql`select 1 from sheaf.deleted_accounts where account_hash = ${accountHash(key)}`;
	return rows.length > 0;
}

/** What is kept of an account that is gone. */
export function accountHash({ provider, subject }: AccountKey): Buffer {
	return tokenHash(`${provider}\n${subject}`);
}
