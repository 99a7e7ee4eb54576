import type { ConnectionAuthorize } from "../../contract/connections.ts";
import type { Principal } from "../../db/principal.ts";
import { SheafError } from "../../errors.ts";
import { getConnection } from "../read-connections.ts";
import { beginConnectFlow } from "./connect-flows.ts";
import { type FinishDeps, oauthOf } from "./finish-connecting.ts";

/**
 * The ticket of a window in which an account is connected, or reconnected.
 *
 * @throws SheafError `connections/provider-unknown`, `…/way-unknown`, `…/not-found`, `request/invalid` for a foreign redirect
 */
export async function beginConnecting(
	deps: FinishDeps,
	principal: Principal,
	request: ConnectionAuthorize,
): Promise<string> {
	oauthOf(deps, request.provider);
	if (request.connectionId !== undefined) {
		const { provider } = await getConnection(deps, principal, request.connectionId);
		if (provider !== request.provider) {
			throw new SheafError("connections/other-account", "This connection is of another provider. Nothing was changed.");
		}
	}
	return await beginConnectFlow(deps.identity, principal, request);
}
