import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { Notice, RowWatch, StandingWatch } from "../connectors/watch.ts";
import type { AsService } from "../db/as-service.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import { SheafError } from "../errors.ts";
import { workerOf } from "../sync/engine-deps.ts";
import type { Vault } from "../vault/vault.ts";
import { findBySubject } from "./find-watches.ts";
import { type WatchPlace, watchOf } from "./notice-address.ts";
import { hintRows } from "./settle-looks.ts";
import { secretOf } from "./stored-watch.ts";

type NoticeDeps = {
	database: { asTenant: AsTenant; asService: AsService };
	vault: Pick<Vault, "open">;
	connectors: ConnectorRegistry;
	/** Counts messages that say they are from this watch. @throws SheafError when there are too many */
	countUse(address: string): Promise<void>;
	/** Shows the operator the secret of a subscription that they are making. Nobody else is to see it. */
	tellOperator(provider: string, secret: string): Promise<void>;
};

/** What a message to an address that is nowhere is checked against, so that the answer takes as long. */
const decoySecret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");

/**
 * A provider tells that rows changed. Nothing is read or asked here: the rows are marked, or that there is something to fetch, so that
 * one that is told twice, late or in another order does no harm. An address that is nowhere and a message that is not the provider's
 * get the same answer.
 *
 * @param address the last part of where it came to: a watch's own, or the provider's name where one stands for all accounts
 * @throws SheafError `request/not-found`
 */
export async function takeNotice(deps: NoticeDeps, address: string, notice: Notice): Promise<void> {
	const watch = deps.connectors.get(address)?.watch;
	if (watch?.kind === "standing") await takeStanding(deps, { provider: address, watch }, notice);
	else await takeOpened(deps, watchOf(address), notice);
}

async function takeStanding(
	deps: NoticeDeps,
	{ provider, watch }: { provider: string; watch: StandingWatch },
	notice: Notice,
): Promise<void> {
	const secret = watch.setUpSecret(notice);
	if (secret !== null) {
		await deps.tellOperator(provider, secret);
		return;
	}
	if (!watch.isGenuine(notice)) throw nothingHere();
	const changes = watch.changes(notice);
	if (changes === null) return;
	const { subject, remoteIds } = changes;
	for (const { workspaceId, id } of await findBySubject(deps.database.asService, { provider, subject })) {
		await deps.database.asTenant(workerOf(workspaceId), async (sql) => {
			const [stored] = await sql<{ connectionId: string; containerId: string }[]>`
				select connection_id, container_id from sheaf.watches
				where workspace_id = sheaf.current_workspace() and id = ${id}`;
			if (stored !== undefined) await hintRows(sql, { ...stored, remoteIds });
		});
	}
}

async function takeOpened(deps: NoticeDeps, place: WatchPlace | null, notice: Notice): Promise<void> {
	const { asTenant } = deps.database;
	const [stored] =
		place === null
			? []
			: await asTenant(
					workerOf(place.workspaceId),
					async (sql) =>
						await sql<{ provider: string; secretJwe: string }[]>`
						select provider, secret_jwe from sheaf.watches
						where workspace_id = sheaf.current_workspace() and id = ${place.id} and state = 'open' and secret_jwe is not null`,
				);
	const secret = stored === undefined ? decoySecret : await secretOf(deps.vault, stored.secretJwe);
	const genuine = openedWatch(deps, stored?.provider)?.isGenuine(notice, secret) ?? false;
	if (place === null || stored === undefined || !genuine) throw nothingHere();
	await deps.countUse(place.id);
	await asTenant(
		workerOf(place.workspaceId),
		(sql) => sql`
			update sheaf.watches set noticed = true, next_at = least(next_at, now())
			where workspace_id = sheaf.current_workspace() and id = ${place.id}`,
	);
}

/** Any that is opened checks a decoy as well as its own would. */
function openedWatch({ connectors }: NoticeDeps, provider: string | undefined) {
	const isOpened = (watch: RowWatch | undefined) => (watch?.kind === "opened" ? watch : null);
	if (provider !== undefined) return isOpened(connectors.get(provider)?.watch);
	return [...connectors.values()].map(({ watch }) => isOpened(watch)).find((watch) => watch !== null) ?? null;
}

function nothingHere(): SheafError {
	return new SheafError("request/not-found", "There is nothing at this address.");
}
