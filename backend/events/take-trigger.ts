import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { makeSigningSecret } from "../connectors/sign-message.ts";
import type { Transaction } from "../db/connect.ts";
import { SheafError } from "../errors.ts";
import { type Doorbell, ringLanes } from "../records/ring-lanes.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { startRun } from "../targets/run-target.ts";
import type { HookDeps } from "./event-deps.ts";
import { triggerNotFound } from "./triggers.ts";

/** A message as it came: the text is what was signed. */
export type TriggerMessage = { id: string | null; timestamp: string | null; signature: string | null; text: string };

export type TriggerPlace = { workspaceId: string; publicId: string };

const longestId = 200;
/** Standard Webhooks: five minutes either way. Ids are remembered for longer than both together. */
const rememberedMinutes = 15;
const Sealed = Type.Object({ secret: Type.String() });

/** What a message to an address that is nowhere is checked against, so that the answer takes as long. */
const decoySecret = makeSigningSecret();

/**
 * Starts the run of the target whose trigger this is. Noting the message and starting the run are one transaction: a sender that
 * heard nothing may send it again, and a message that was noted is answered like the first time and does nothing.
 *
 * @returns how many records the run took on; null for a message that was taken before
 * @throws SheafError `triggers/not-found`, `triggers/signature-invalid`, `targets/paused`
 */
export async function takeTrigger(
	deps: Pick<HookDeps, "database" | "vault"> & Doorbell & { countUse(publicId: string): Promise<void> },
	{ workspaceId, publicId }: TriggerPlace,
	message: TriggerMessage,
): Promise<{ queued: number } | null> {
	const [trigger] = await deps.database.asTenant(
		workerOf(workspaceId),
		async (sql) =>
			await sql<{ targetId: string; ownerId: string; secretJwe: string }[]>`
			select target_id, owner_id, secret_jwe from sheaf.target_triggers
			where workspace_id = sheaf.current_workspace() and public_id = ${publicId}`,
	);
	const id = checkedId(trigger === undefined ? decoySecret : await secretOf(deps, trigger.secretJwe), message);
	if (trigger === undefined) throw triggerNotFound();
	if (id === null) throw signatureInvalid();
	await deps.countUse(publicId);
	// What the run adds belongs to whoever made the trigger.
	const worker = { ...workerOf(workspaceId), userId: trigger.ownerId };
	const started = await deps.database.asTenant(worker, async (sql) => {
		if (!(await isNew(sql, { targetId: trigger.targetId, id }))) return null;
		return await startRun(sql, { id: trigger.targetId, cause: "trigger", sessionId: null });
	});
	if (started === null) return null;
	if (started.queued > 0) ringLanes(deps, workspaceId, [started.lane]);
	return { queued: started.queued };
}

async function secretOf({ vault }: Pick<HookDeps, "vault">, secretJwe: string): Promise<string> {
	const opened = await vault.open(secretJwe);
	if (!Value.Check(Sealed, opened)) throw new Error("A trigger's envelope holds something else.");
	return opened.secret;
}

/** The message's id if its signature and time hold, else null. */
function checkedId(secret: string, { id, timestamp, signature, text }: TriggerMessage): string | null {
	const headers = {
		"webhook-id": id ?? "",
		"webhook-timestamp": timestamp ?? "",
		"webhook-signature": signature ?? "",
	};
	try {
		new Webhook(secret).verify(text, headers, { jsonParse: false });
	} catch (error) {
		if (error instanceof WebhookVerificationError) return null;
		throw error;
	}
	return id === null || id === "" || id.length > longestId ? null : id;
}

/** Also clears away what is past its window, so that no timer is needed. */
async function isNew(sql: Transaction, { targetId, id }: { targetId: string; id: string }): Promise<boolean> {
	await sql`
		delete from sheaf.trigger_messages
		where workspace_id = sheaf.current_workspace() and received_at < now() - make_interval(mins => ${rememberedMinutes})`;
	const [noted] = await sql`
		with used as (
			update sheaf.target_triggers set last_used_at = now()
			where workspace_id = sheaf.current_workspace() and target_id = ${targetId}
		)
		insert into sheaf.trigger_messages (target_id, message_id) values (${targetId}, ${id})
		on conflict do nothing returning message_id`;
	return noted !== undefined;
}

function signatureInvalid(): SheafError {
	return new SheafError("triggers/signature-invalid", "The signature of this message is missing, wrong or too old.");
}
