import type { Sql, TransactionSql } from "postgres";

/** A connection of the administrator's, who sees all. */
export type Catalogue = Sql | TransactionSql;

/** A promise about the catalogue, and proof that it can be broken. */
export type Rule = {
	requirement: string;
	promise: string;
	/** The names of what breaks it; none, and it is kept. */
	offenders(sql: Catalogue): Promise<string[]>;
	/** What somebody might write one day, as statements of an administrator, and the name that has to come up then. */
	sabotages: readonly Sabotage[];
};

export type Sabotage = { statements: string; names: string };

export function sabotage(statements: string, names: string): Sabotage {
	return { statements, names };
}

export async function named(query: Promise<{ name: string }[]>): Promise<string[]> {
	return (await query).map(({ name }) => name);
}

/** Tables whose rows are a tenant's: they are known by these two columns. */
export const tenantTables = `
	select c.oid, c.relname from pg_class c
	where c.relnamespace = 'sheaf'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
		and (select count(*) from pg_attribute where attrelid = c.oid and attname in ('workspace_id', 'owner_id')) = 2`;

/** A person's own, in whatever workspace they are. */
export const personTables = ["user_settings"];

/** Who is in which workspace: everybody in it may look, the identity's role alone changes it. */
export const membershipTables = ["workspaces", "workspace_members"];

/** People and how they sign in: the identity's role only. */
export const identityTables = [
	"authorization_codes",
	"browser_sessions",
	"deleted_accounts",
	"deletion_receipts",
	"device_grants",
	"device_keys",
	"device_sessions",
	"dpop_proofs",
	"email_challenges",
	"inbound_messages",
	"link_tickets",
	"connection_flows",
	"rate_limits",
	"signing_keys",
	"upstream_flows",
	"user_accounts",
	"users",
	"workspace_invites",
];

/** About no tenant: how much a provider bears. */
export const serviceTables = ["provider_budgets"];
