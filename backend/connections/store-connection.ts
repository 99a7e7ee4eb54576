import type { ConnectionWay, Connector, Identity } from "../connectors/connector.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { lockWrites } from "../records/write-lock.ts";
import { resumeSelections } from "../sources/pause-selections.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { profileColumns } from "./profile-columns.ts";
import { connectionNotFound } from "./read-connections.ts";
import { noteRecovered, resumeTargets } from "./standing.ts";
import type { StoredCredential } from "./stored-credential.ts";

const maxNameLength = 80;

/** An account that the provider has vouched for, with its credential as it is kept. */
export type CheckedAccount = {
	connector: Connector;
	way: ConnectionWay;
	identity: Identity;
	credential: StoredCredential;
	settings: Readonly<Record<string, string>>;
};

/** Adds a connection under this id. */
export async function insertConnection(
	{ database }: Pick<ConnectionDeps, "database">,
	principal: Principal,
	{ id, name, account }: { id: string; name: string | undefined; account: CheckedAccount },
): Promise<void> {
	const { connector, way, identity, credential, settings } = account;
	const { id: provider, title } = connector.manifest;
	const shownName = (name ?? title).slice(0, maxNameLength);
	const profile = profileColumns(identity.profile);
	await database.asTenant(principal, async (sql) => {
		await sql`
			with created as (
				insert into sheaf.connections (id, provider, name, account_id, account_label, scopes, way, settings,
					credential_jwe, credential_kid, refresh_at, expires_at, last_checked_at, last_success_at, next_check_at,
					profile_id, profile_name, profile_detail)
				values (${id}, ${provider}, ${shownName}, ${identity.accountId}, ${identity.label}, ${identity.scopes}::text[],
					${way}, ${JSON.stringify(settings)}::text::jsonb, ${credential.sealed}, ${credential.kid},
					now() + make_interval(secs => ${credential.refreshIn}), now() + make_interval(secs => ${credential.expiresIn}),
					now(), now(), now() + interval '6 hours', ${profile.id}, ${profile.name}, ${profile.detail})
				returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'connection.create', 'connection', id, 'stored' from created`;
	});
}

/**
 * Gives a connection its account back: the same one has to come, because its targets name tables of that account. What paused goes
 * on, and what waited goes out.
 *
 * @returns the lanes to ring
 * @throws SheafError `connections/not-found`, `connections/other-account` with both names
 */
export async function reconnectAccount(
	sql: Transaction,
	{ id, sessionId, account }: { id: string; sessionId: string | null; account: CheckedAccount },
): Promise<string[]> {
	await lockWrites(sql);
	const { connector, way, identity, credential, settings } = account;
	const [before] = await sql<{ accountId: string; accountLabel: string; status: string; ownerId: string }[]>`
		select account_id, account_label, status, owner_id from sheaf.connections
		where workspace_id = sheaf.current_workspace() and id = ${id} and provider = ${connector.manifest.id} for update`;
	if (before === undefined) throw connectionNotFound();
	if (before.accountId !== identity.accountId) {
		throw otherAccount(connector.manifest.title, before.accountLabel, identity.label);
	}
	const profile = profileColumns(identity.profile);
	await sql`
		update sheaf.connections
		set credential_jwe = ${credential.sealed}, credential_kid = ${credential.kid}, way = ${way},
			settings = ${JSON.stringify(settings)}::text::jsonb, account_label = ${identity.label},
			scopes = ${identity.scopes}::text[], status = 'healthy', problem = null, failures = 0, failing_since = null,
			refresh_at = now() + make_interval(secs => ${credential.refreshIn}),
			expires_at = now() + make_interval(secs => ${credential.expiresIn}),
			refresh_lease = null, refresh_lease_until = null, refresh_sent_at = null, last_checked_at = now(),
			last_success_at = now(), next_check_at = now() + interval '6 hours', updated_at = now(),
			profile_id = coalesce(profile_id, ${profile.id}), profile_name = coalesce(profile_name, ${profile.name}),
			profile_detail = case when coalesce(profile_id, ${profile.id}) = ${profile.id} then ${profile.detail} else profile_detail end
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
	await sql`
		insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
		values (${sessionId}::uuid, 'connection.reconnect', 'connection', ${id}, 'stored')`;
	if (before.status !== "healthy") await noteRecovered(sql, { connectionId: id, ownerId: before.ownerId });
	await resumeSelections(sql, id);
	return await resumeTargets(sql, id);
}

function otherAccount(title: string, before: string, now: string): SheafError {
	return new SheafError(
		"connections/other-account",
		`This connection is of ${before}, and ${title} answered for ${now}. Nothing was changed: reconnect as ${before}, or connect ${now} as a new account.`,
		{ details: { expected: before, got: now } },
	);
}
