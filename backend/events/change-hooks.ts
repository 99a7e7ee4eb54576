import { askAddress } from "../connectors/ask-address.ts";
import { makeSigningSecret } from "../connectors/sign-message.ts";
import type {
	EventHookCreate,
	EventHookCreated,
	EventHookPatch,
	EventHookView,
	EventType,
} from "../contract/events.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { targetNotFound } from "../targets/read-targets.ts";
import type { HookDeps } from "./event-deps.ts";
import { getHook, hookNotFound } from "./read-hooks.ts";
import { pauseHook } from "./settle-events.ts";

const longestShown = 200;
const patienceMs = 15_000;

/**
 * Makes a hook for an address where somebody answers. Its signing secret is made here and answered this once.
 *
 * @throws SheafError `events/address-refused` in words, `targets/not-found`
 */
export async function createHook(
	deps: HookDeps,
	principal: Principal,
	{ url, events, targetId }: EventHookCreate,
): Promise<EventHookCreated> {
	const wrong = await askAddress(deps.http, url, AbortSignal.timeout(patienceMs));
	if (wrong !== null) throw new SheafError("events/address-refused", wrong);
	const { host, pathname } = new URL(url);
	const secret = makeSigningSecret();
	const id = await insertHook(deps, principal, {
		kind: "webhook",
		address: { url, secret },
		// A query may hold a key of the receiver's.
		shown: `${host}${pathname}`.slice(0, longestShown),
		events,
		targetId: targetId ?? null,
	});
	return { ...(await getHook(deps, principal, id)), secret };
}

type NewHook = {
	kind: EventHookView["kind"];
	address: { url: string; secret?: string };
	shown: string;
	events: readonly EventType[];
	targetId: string | null;
};

export async function insertHook(
	{ database, vault }: HookDeps,
	principal: Principal,
	{ kind, address, shown, events, targetId }: NewHook,
): Promise<string> {
	const id = Bun.randomUUIDv7();
	const sealed = await vault.seal(address);
	await database.asTenant(principal, async (sql) => {
		const [created] = await sql`
			insert into sheaf.event_hooks (id, kind, address_jwe, shown, event_types, target_id)
			select ${id}, ${kind}, ${sealed}, ${shown}, ${[...events]}::text[], ${targetId}::uuid
			where ${targetId}::uuid is null or exists (
				select from sheaf.targets where workspace_id = sheaf.current_workspace() and id = ${targetId}::uuid)
			returning id`;
		if (created === undefined) throw targetNotFound();
		await auditHook(sql, principal, { action: "event_hook.create", id });
	});
	return id;
}

/**
 * Changes what a hook hears of, pauses it, or lets it go on: what waited is due at once then.
 *
 * @throws SheafError `events/hook-not-found`
 */
export async function updateHook(
	deps: HookDeps,
	principal: Principal,
	{ id, patch: { events, status } }: { id: string; patch: EventHookPatch },
): Promise<EventHookView> {
	await getHook(deps, principal, id);
	await deps.database.asTenant(principal, async (sql) => {
		if (events !== undefined) {
			await sql`
				update sheaf.event_hooks set event_types = ${events}::text[], updated_at = now()
				where workspace_id = sheaf.current_workspace() and id = ${id}`;
		}
		if (status === "paused") await pauseHook(sql, { hookId: id, problem: null });
		if (status === "active") await resumeHook(sql, id);
		await auditHook(sql, principal, { action: "event_hook.change", id });
	});
	return await getHook(deps, principal, id);
}

async function resumeHook(sql: Transaction, id: string): Promise<void> {
	await sql`
		with resumed as (
			update sheaf.event_hooks set status = 'active', problem = null, updated_at = now()
			where workspace_id = sheaf.current_workspace() and id = ${id} and status = 'paused'
			returning id
		)
		update sheaf.event_deliveries d set next_attempt_at = now(), attempts = 0 from resumed r
		where d.workspace_id = sheaf.current_workspace() and d.hook_id = r.id and d.state = 'pending'`;
}

/** @throws SheafError `events/hook-not-found` */
export async function deleteHook(
	{ database }: Pick<HookDeps, "database">,
	principal: Principal,
	id: string,
): Promise<void> {
	await database.asTenant(principal, async (sql) => {
		const [deleted] = await sql`
			delete from sheaf.event_hooks where workspace_id = sheaf.current_workspace() and id = ${id} returning id`;
		if (deleted === undefined) throw hookNotFound();
		await auditHook(sql, principal, { action: "event_hook.delete", id });
	});
}

async function auditHook(
	sql: Transaction,
	{ sessionId }: Principal,
	{ action, id }: { action: string; id: string },
): Promise<void> {
	await sql`
		insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
		values (${sessionId}::uuid, ${action}, 'event_hook', ${id}, 'stored')`;
}
