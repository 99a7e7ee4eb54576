import type { ConnectionView, Profile, ProfileList } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { askConnection } from "./ask-connection.ts";
import { connectorOf, valueOf } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { profileColumns } from "./profile-columns.ts";
import { connectionNotFound, getConnection } from "./read-connections.ts";

/**
 * The accounts that a connection's login reaches, asked of the provider now, and which of them is chosen (ACC-1). None where the
 * provider has no such thing.
 *
 * @throws SheafError `connections/not-found`, `…/disconnected`, `…/credential-refused`, `…/not-approved`, `…/provider-busy` or
 *   `…/provider-unreachable`
 */
export async function listProfiles(deps: ConnectionDeps, principal: Principal, id: string): Promise<ProfileList> {
	const connection = await getConnection(deps, principal, id);
	return { profiles: await profilesOf(deps, principal, connection), chosen: connection.profile?.id ?? null };
}

/**
 * Keeps which of its login's accounts a connection works with. It has to be one the login reaches now.
 *
 * @throws SheafError `connections/profile-unknown`, and what `listProfiles` throws
 */
export async function chooseProfile(
	deps: ConnectionDeps,
	principal: Principal,
	{ id, profileId }: { id: string; profileId: string },
): Promise<ConnectionView> {
	const connection = await getConnection(deps, principal, id);
	const profile = (await profilesOf(deps, principal, connection)).find((one) => one.id === profileId);
	if (profile === undefined) {
		const message = "This login does not reach that account. Nothing was changed: choose one of those that are listed.";
		throw new SheafError("connections/profile-unknown", message);
	}
	const { name, detail } = profileColumns(profile);
	const chosen = await deps.database.asTenant(
		principal,
		(sql) => sql`
			with chosen as (
				update sheaf.connections
				set profile_id = ${profile.id}, profile_name = ${name}, profile_detail = ${detail}, updated_at = now()
				where workspace_id = sheaf.current_workspace() and id = ${id} returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'connection.choose_profile', 'connection', id, 'stored' from chosen`,
	);
	if (chosen.count === 0) throw connectionNotFound();
	return await getConnection(deps, principal, id);
}

async function profilesOf(
	deps: ConnectionDeps,
	{ workspaceId }: Principal,
	{ id: connectionId, provider }: ConnectionView,
): Promise<Profile[]> {
	const profiles = connectorOf(deps, provider).source?.profiles;
	if (profiles === undefined) return [];
	return valueOf(await askConnection(deps, { workspaceId, connectionId }, (call) => profiles(call)));
}
