import { setTimeout as delay } from "node:timers/promises";
import type { Vault } from "../vault/vault.ts";
import { closeWatches, type OpenedThere } from "./close-watches.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { revokeTokens } from "./oauth/provider-tokens.ts";
import { textValues } from "./stored-credential.ts";

/** What became of an access, and where a person takes it back by hand; null where there is nothing to take back. */
export type Revoked = { provider: string; outcome: "revoked" | "by_hand"; url: string | null } | null;

/** A provider that does not answer keeps nobody from disconnecting. */
const patienceMs = 10_000;

type RevokeDeps = Pick<ConnectionDeps, "connectors" | "http" | "log"> & { vault: Pick<Vault, "open"> };

/**
 * Takes Sheaf's access back with the credential that was just wiped from its row, and ends what was opened with it there, best effort.
 * Never throws.
 */
export async function revokeAtProvider(
	{ vault, connectors, http, log }: RevokeDeps,
	{
		provider,
		credentialJwe,
		watches = [],
	}: { provider: string; credentialJwe: string | null; watches?: OpenedThere[] },
): Promise<Revoked> {
	const connector = connectors.get(provider);
	if (connector !== undefined && credentialJwe !== null) {
		await closeWatches({ vault, http, log }, { connector, credentialJwe, watches });
	}
	const manifest = connector?.manifest;
	if (manifest?.ways[0] === "none") return null;
	const { oauth, form = [] } = manifest ?? {};
	const url = oauth?.manageUrl ?? form.find(({ helpUrl }) => helpUrl !== undefined)?.helpUrl ?? null;
	const byHand = { provider, outcome: "by_hand" as const, url };
	if (oauth === undefined || credentialJwe === null) return byHand;
	try {
		const revoking = revokeTokens({ http, oauth }, textValues(await vault.open(credentialJwe)));
		const outcome = await Promise.race([revoking, delay(patienceMs, "by_hand" as const, { ref: false })]);
		return outcome === "revoked" ? { provider, outcome, url: null } : byHand;
	} catch (error) {
		log.warn({ err: error, provider }, "an access was not taken back: the person is told to do it");
		return byHand;
	}
}
