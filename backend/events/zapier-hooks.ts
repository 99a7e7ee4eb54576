import type { ZapierHook, ZapierHookCreate } from "../contract/events.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { deleteHook, insertHook } from "./change-hooks.ts";
import type { HookDeps } from "./event-deps.ts";

/**
 * A Zap was turned on: it hears of events at the address it gives, which is its only credential and stays sealed. Nothing is sent
 * there now, because any request would start the Zap.
 *
 * @param hooksUrl where Zapier's hooks are (`ZAPIER_HOOKS_URL`)
 * @throws SheafError `events/address-refused` for an address that is not Zapier's (SEC-2)
 */
export async function subscribeZap(
	deps: HookDeps & { hooksUrl: string },
	principal: Principal,
	{ targetUrl, event = "record.delivered" }: ZapierHookCreate,
): Promise<ZapierHook> {
	if (!isZapiers(targetUrl, deps.hooksUrl)) {
		throw new SheafError("events/address-refused", "Only addresses of Zapier can subscribe here.");
	}
	const { host } = new URL(targetUrl);
	const address = { url: targetUrl };
	const id = await insertHook(deps, principal, {
		kind: "zapier",
		address,
		shown: host,
		events: [event],
		targetId: null,
	});
	return { id, event };
}

/** A Zap was turned off. One that is gone already is gone: Zapier would ask again and again otherwise. */
export async function unsubscribeZap(
	deps: Pick<HookDeps, "database">,
	principal: Principal,
	id: string,
): Promise<void> {
	try {
		await deleteHook(deps, principal, id);
	} catch (error) {
		if (!(error instanceof SheafError) || error.code !== "events/hook-not-found") throw error;
	}
}

function isZapiers(address: string, hooksUrl: string): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname, port, origin, username, password } = new URL(address);
	if (username !== "" || password !== "") return false;
	if (origin === new URL(hooksUrl).origin) return true;
	return protocol === "https:" && port === "" && (hostname === "zapier.com" || hostname.endsWith(".zapier.com"));
}
