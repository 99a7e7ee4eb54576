import { createHmac } from "node:crypto";
import type { Sql } from "postgres";
import { StartError } from "../errors.ts";

/**
 * The roles of the database. Nobody but `sheaf_owner` and, for the queue, `sheaf_queue` owns anything; none can bypass
 * row-level security.
 */
export const databaseRoles = ["sheaf_owner", "sheaf_api", "sheaf_identity", "sheaf_service", "sheaf_queue"] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

/** Owned by `sheaf_queue`. BullMQ looks in the schema of this name, and in no other, when it is handed a pool to share. */
export const queueSchema = "bullmq";

/** base64url(HMAC-SHA256(key, role)): one secret to keep instead of five, and none in a migration. */
export function rolePassword(databaseKey: string, role: DatabaseRole): string {
	return createHmac("sha256", databaseKey).update(role).digest("base64url");
}

/** The administrative address with the role in the administrator's place. */
export function roleUrl(databaseUrl: string, databaseKey: string, role: DatabaseRole): string {
	const url = new URL(databaseUrl);
	url.username = role;
	url.password = rolePassword(databaseKey, role);
	return url.href;
}

/**
 * Makes or mends the roles and what they may do in this database. Roles belong to the whole server, so it holds a lock that
 * other databases of the server respect too. Works as a superuser and as an administrator with CREATEROLE who owns the
 * database (what managed PostgreSQL gives).
 *
 * @param admin connected with the administrative address, `max: 1`
 */
export async function ensureRoles(admin: Sql, databaseKey: string): Promise<void> {
	const existing = await admin<{ rolname: string }[]>`
		select rolname from pg_roles where rolname = any(${[...databaseRoles]})`;
	for (const role of databaseRoles) {
		const known = existing.some(({ rolname }) => rolname === role);
		// Naming an attribute of a role that exists asks for that attribute oneself; what they are is checked below.
		const statement = known ? `alter role ${role}` : `create role ${role} login inherit nocreatedb nocreaterole`;
		// Utility statements take no parameters; the name is ours and a base64url password needs no escaping.
		await withRetry(() => admin.unsafe(`${statement} password '${rolePassword(databaseKey, role)}'`));
	}
	await refusePowerfulRoles(admin);
	await grantDatabase(admin);
}

const notAllowed =
	"The account in DATABASE_URL may not create roles or change those of Sheaf: give it CREATEROLE and make it the owner of the database, or name an administrator.";

/** Two starts at once alter the same catalogue row: the loser is told so and tries again. */
async function withRetry(statement: () => Promise<unknown>, attemptsLeft = 5): Promise<void> {
	try {
		await statement();
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		if (code === "42501") throw new StartError(notAllowed);
		// XX000 "tuple concurrently updated", 42710 and 23505: another start made the role a moment ago.
		if (attemptsLeft === 0 || !["XX000", "42710", "23505"].includes(String(code))) throw error;
		if (code !== "XX000") return;
		await withRetry(statement, attemptsLeft - 1);
	}
}

/** A role of that name that someone made a superuser, or let bypass row-level security, would void the isolation. */
async function refusePowerfulRoles(admin: Sql): Promise<void> {
	const powerful = await admin<{ rolname: string }[]>`
		select rolname from pg_roles
		where rolname = any(${[...databaseRoles]})
			and (rolsuper or rolbypassrls or rolreplication or rolcreaterole or rolcreatedb)`;
	if (powerful.length === 0) return;
	const names = powerful.map(({ rolname }) => rolname).join(", ");
	throw new StartError(
		`These database roles may do more than Sheaf's isolation allows: ${names}. Take superuser, bypassrls, replication, createrole and createdb from them.`,
	);
}

async function grantDatabase(admin: Sql): Promise<void> {
	await admin.unsafe(`
		do $$
		begin
			-- One start at a time: concurrent grants on one object fail.
			perform pg_advisory_xact_lock(hashtext('sheaf.roles'));
			execute format('revoke all on database %I from public', current_database());
			execute format('grant connect on database %I to ${databaseRoles.join(", ")}', current_database());
			-- Both runners say "create schema if not exists", which asks for this right even when the schema is there.
			execute format('grant create on database %I to sheaf_owner, sheaf_queue', current_database());
			revoke all on schema public from public;
			if not (select rolsuper from pg_roles where rolname = current_user) then
				execute format('grant sheaf_queue to %I with inherit true, set true', current_user);
			end if;
			create schema if not exists ${queueSchema} authorization sheaf_queue;
		end
		$$`);
}
