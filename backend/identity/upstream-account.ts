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
	return (await goneBy(sql, key)) === "upstream";
}

/** Whether the person of this account left, or removed it: what the upstream tells of it is nobody's until they sign in by it again. */
export async function hasLeft(sql: TransactionSql, key: AccountKey): Promise<boolean> {
	return (await goneBy(sql, key)) === "person";
}

/** Those who tell of people by themselves, not only when one of them signs in. */
const tellingUpstreams: ReadonlySet<string> = new Set(["clerk"]);

/** Of accounts whose person leaves or removes them. Nothing is kept of those that no upstream will ever tell of. */
export async function rememberLeft(sql: TransactionSql, accounts: readonly AccountKey[], at: Date): Promise<void> {
	const rows = accounts
		.filter(({ provider }) => tellingUpstreams.has(provider))
		.map((key) => ({ accountHash: accountHash(key), deletedAt: at, cause: "person" }));
	if (rows.length === 0) return;
	await sql`insert into sheaf.deleted_accounts ${sql(rows)} on conflict do nothing`;
}

/** They are back: they signed in by it, or added it. */
export async function forgetLeft(sql: TransactionSql, key: AccountKey): Promise<void> {
	await sql`delete from sheaf.deleted_accounts where account_hash = ${accountHash(key)} and cause = 'person'`;
}

async function goneBy(sql: TransactionSql, key: AccountKey): Promise<"upstream" | "person" | null> {
	const [row] = await sql<{ cause: "upstream" | "person" }[]>`
		select cause from sheaf.deleted_accounts where account_hash = ${accountHash(key)}`;
	return row?.cause ?? null;
}

/** What is kept of an account that is gone. */
export function accountHash({ provider, subject }: AccountKey): Buffer {
	return tokenHash(`${provider}\n${subject}`);
}
