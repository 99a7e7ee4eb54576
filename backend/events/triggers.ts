import { randomBytes } from "node:crypto";
import { makeSigningSecret } from "../connectors/sign-message.ts";
import type { TriggerCreated, TriggerView } from "../contract/events.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { targetNotFound } from "../targets/read-targets.ts";
import type { HookDeps } from "./event-deps.ts";

/**
 * Gives a target an address that starts its run, and the secret that messages to it are signed with, answered this once. A target
 * that has one gets both anew: the old address is nowhere then.
 *
 * @param publicUrl this server's own address
 * @throws SheafError `targets/not-found`
 */
export async function renewTrigger(
	{ database, vault, publicUrl }: Pick<HookDeps, "database" | "vault"> & { publicUrl: string },
	principal: Principal,
	targetId: string,
): Promise<TriggerCreated> {
	const publicId = randomBytes(18).toString("base64url");
	const secret = makeSigningSecret();
	const sealed = await vault.seal({ secret });
	await database.asTenant(principal, async (sql) => {
		const [renewed] = await sql`
			insert into sheaf.target_triggers (target_id, public_id, secret_jwe)
			select id, ${publicId}, ${sealed} from sheaf.targets
			where workspace_id = sheaf.current_workspace() and id = ${targetId}
			on conflict (workspace_id, target_id) do update
				set public_id = excluded.public_id, secret_jwe = excluded.secret_jwe, last_used_at = null
			returning target_id`;
		if (renewed === undefined) throw targetNotFound();
		await sql`
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			values (${principal.sessionId}::uuid, 'target.trigger', 'target', ${targetId}, 'stored')`;
	});
	return { url: addressOf({ publicUrl, workspaceId: principal.workspaceId, publicId }), secret };
}

/** Where a target is started from outside, and when that was last done. The secret is not read. */
export async function readTrigger(
	{ database, publicUrl }: Pick<HookDeps, "database"> & { publicUrl: string },
	principal: Principal,
	targetId: string,
): Promise<TriggerView> {
	const [row] = await database.asTenant(
		principal,
		async (sql) =>
			await sql<{ publicId: string | null; lastUsedAt: Date | null }[]>`
			select g.public_id, g.last_used_at from sheaf.targets t
			left join sheaf.target_triggers g on g.workspace_id = t.workspace_id and g.target_id = t.id
			where t.workspace_id = sheaf.current_workspace() and t.id = ${targetId}`,
	);
	if (row === undefined) throw targetNotFound();
	const { publicId, lastUsedAt } = row;
	if (publicId === null) return { trigger: null };
	const url = addressOf({ publicUrl, workspaceId: principal.workspaceId, publicId });
	return { trigger: { url, lastUsedAt: lastUsedAt?.toISOString() ?? null } };
}

function addressOf({ publicUrl, workspaceId, publicId }: { publicUrl: string; workspaceId: string; publicId: string }) {
	return `${publicUrl}/triggers/${workspaceId}/${publicId}`;
}

/** @throws SheafError `triggers/not-found`, also when there is no such target */
export async function removeTrigger(
	{ database }: Pick<HookDeps, "database">,
	principal: Principal,
	targetId: string,
): Promise<void> {
	await database.asTenant(principal, async (sql) => {
		const [removed] = await sql`
			with removed as (
				delete from sheaf.target_triggers
				where workspace_id = sheaf.current_workspace() and target_id = ${targetId} returning target_id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'target.trigger_removed', 'target', target_id, 'stored' from removed
			returning subject_id`;
		if (removed === undefined) throw triggerNotFound();
	});
}

export function triggerNotFound(): SheafError {
	return new SheafError("triggers/not-found", "There is no trigger at this address.");
}
