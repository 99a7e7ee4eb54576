import { setTimeout as delay } from "node:timers/promises";
import type { DeletionReceipt } from "../../contract/account-end.ts";
import type { UpstreamGrant } from "../../identity/upstream/upstream.ts";
import type { Deletion, DeletionDeps } from "./deletion-deps.ts";
import { addToReceipt } from "./receipts.ts";

type Grant = DeletionReceipt["grants"][number];
type AccountRow = { id: string; provider: string; grantJwe: string | null };

/** A provider that does not answer keeps nobody from leaving. */
const patienceMs = 10_000;

/**
 * Takes Sheaf's access back at the ways in, best effort, and forgets them. A way in whose process was killed in between is asked
 * again, which a provider answers like the first time.
 */
export async function revokeGrants(deps: DeletionDeps, { userId, receiptId }: Deletion): Promise<void> {
	const { asIdentity } = deps.identity;
	const accounts = await asIdentity(
		async (sql) =>
			await sql<AccountRow[]>`
			select id, provider, grant_jwe from sheaf.user_accounts where user_id = ${userId} order by provider, id`,
	);
	for (const account of accounts) {
		const grant = await revoke(deps, account);
		await asIdentity(async (sql) => {
			const gone = await sql`delete from sheaf.user_accounts where id = ${account.id} returning 1`;
			if (gone.length > 0) await addToReceipt(sql, receiptId, { counts: {}, grants: [grant] });
		});
	}
}

async function revoke({ upstreams, identity, log }: DeletionDeps, { provider, grantJwe }: AccountRow): Promise<Grant> {
	const upstream = upstreams.get(provider);
	const url = upstream?.grantsUrl ?? null;
	const byHand = { provider, outcome: "by_hand" as const, url };
	if (upstream === undefined || grantJwe === null) return byHand;
	try {
		const answer = upstream.revoke((await identity.vault.open(grantJwe)) as UpstreamGrant);
		const outcome = await Promise.race([answer, delay(patienceMs, "by_hand" as const, { ref: false })]);
		return outcome === "by_hand" ? byHand : { provider, outcome, url: null };
	} catch (error) {
		log.warn({ err: error, provider }, "a grant was not taken back: the person is told to do it");
		return byHand;
	}
}
