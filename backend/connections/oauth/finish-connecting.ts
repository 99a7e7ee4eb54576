import type { OAuthManifest } from "../../connectors/oauth-manifest.ts";
import type { ConnectionView } from "../../contract/connections.ts";
import type { Principal } from "../../db/principal.ts";
import { SheafError } from "../../errors.ts";
import type { IdentityContext } from "../../identity/context.ts";
import { ringLanes } from "../../records/ring-lanes.ts";
import { connectorOf, identify } from "../ask-provider.ts";
import type { ConnectionDeps } from "../connection-deps.ts";
import { getConnection } from "../read-connections.ts";
import { type CheckedAccount, insertConnection, reconnectAccount } from "../store-connection.ts";
import { storedCredential, valuesOf } from "../stored-credential.ts";
import { callbackAddress } from "./callback-address.ts";
import { type FinishedFlow, takeFinished } from "./connect-flows.ts";
import { exchangeCode, type Tokens } from "./provider-tokens.ts";

export type FinishDeps = ConnectionDeps & { identity: IdentityContext };

/**
 * Ends connecting by the provider's window: redeems what came back, asks whose account it is and what it may do, and stores it, or
 * gives it to the connection that was to be reconnected (ACC-1). Only for the session that began it, and once.
 *
 * @throws SheafError `connections/flow-expired`, `…/consent-refused`, `…/scope-missing`, `…/other-account`, `…/provider-busy` or
 *   `…/provider-unreachable`
 */
export async function finishConnecting(
	deps: FinishDeps,
	principal: Principal,
	{ flow }: { flow: string },
): Promise<ConnectionView> {
	const finished = await takeFinished(deps.identity, principal, flow);
	const id = finished.connectionId ?? crypto.randomUUID();
	const { sessionId, workspaceId } = principal;
	const account = await accountByConsent(deps, { ...finished, id, workspaceId });
	if (finished.connectionId === null) {
		await insertConnection(deps, principal, { id, name: finished.name ?? undefined, account });
	} else {
		const lanes = await deps.database.asTenant(principal, (sql) => reconnectAccount(sql, { id, sessionId, account }));
		ringLanes(deps, workspaceId, lanes);
	}
	return await getConnection(deps, principal, id);
}

/** @throws SheafError `connections/provider-unknown`, `connections/way-unknown` */
export function oauthOf(deps: Pick<ConnectionDeps, "connectors">, provider: string): OAuthManifest {
	const { oauth, title } = connectorOf(deps, provider).manifest;
	if (oauth !== undefined) return oauth;
	throw new SheafError(
		"connections/way-unknown",
		`${title} is not connected in a window here. Fill in its form instead.`,
	);
}

async function accountByConsent(
	deps: FinishDeps,
	{ id, workspaceId, provider, answer }: FinishedFlow & { id: string; workspaceId: string },
): Promise<CheckedAccount> {
	const connector = connectorOf(deps, provider);
	const { title } = connector.manifest;
	const result = await exchangeCode(
		{ http: deps.http, oauth: oauthOf(deps, provider) },
		{
			answer: new URLSearchParams(answer.parameters),
			state: answer.state,
			redirectUri: callbackAddress(deps.identity.issuer),
			codeVerifier: answer.codeVerifier,
		},
	);
	if (result.kind === "refused") {
		throw new SheafError("connections/consent-refused", `${title} did not accept the connecting. Press Connect again.`);
	}
	if (result.kind !== "tokens") {
		const reason = result.kind === "unanswered" ? result.reason : result.kind;
		deps.log.warn({ provider, reason }, "a provider did not redeem a code");
		const message = `${title} does not answer right now, so nothing was connected. Press Connect again in a moment.`;
		throw new SheafError("connections/provider-unreachable", message);
	}
	return await checkedAccount(deps, { id, workspaceId, connector, tokens: result.tokens });
}

type CheckedParts = { id: string; workspaceId: string; connector: CheckedAccount["connector"]; tokens: Tokens };

async function checkedAccount(
	deps: FinishDeps,
	{ id, workspaceId, connector, tokens }: CheckedParts,
): Promise<CheckedAccount> {
	const way = "oauth";
	const values = valuesOf(tokens);
	const identity = await identify(deps, { connector, credential: values, connectionId: id, workspaceId, way });
	const credential = await storedCredential(deps.vault, values, tokens);
	return { connector, way, identity, credential, settings: {} };
}
