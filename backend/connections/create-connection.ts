import type { ConnectionWay, Connector } from "../connectors/connector.ts";
import type { ConnectionCreate, ConnectionView } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { connectorOf, identify } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { formValues, shownSettings } from "./form-values.ts";
import { getConnection } from "./read-connections.ts";
import { type CheckedAccount, insertConnection } from "./store-connection.ts";
import { storedCredential } from "./stored-credential.ts";

/**
 * Connects an account by what its form asks: the provider is asked whose credential it is before anything is stored, and the
 * credential is stored as an envelope only the vault opens (ACC-2).
 *
 * @throws SheafError `connections/provider-unknown`, `…/way-unknown`, `…/settings-invalid`, `…/address-refused`,
 *   `…/credential-refused`, `…/scope-missing`, `…/provider-busy` or `…/provider-unreachable`
 */
export async function createConnection(
	deps: ConnectionDeps,
	principal: Principal,
	{ provider, name, credential }: ConnectionCreate,
): Promise<ConnectionView> {
	const id = crypto.randomUUID();
	const account = await accountByForm(deps, { id, provider, workspaceId: principal.workspaceId }, credential);
	await insertConnection(deps, principal, { id, name, account });
	return await getConnection(deps, principal, id);
}

/** The account that a form's values open, checked at the provider. @throws what `createConnection` does */
export async function accountByForm(
	deps: ConnectionDeps,
	{ id, provider, workspaceId }: { id: string; provider: string; workspaceId: string },
	sent: Readonly<Record<string, string>> | undefined,
): Promise<CheckedAccount> {
	const connector = connectorOf(deps, provider);
	const way = wayByForm(connector);
	const values = formValues(connector, sent);
	const identity = await identify(deps, { connector, credential: values, connectionId: id, workspaceId, way });
	const credential = await storedCredential(deps.vault, values);
	return { connector, way, identity, credential, settings: shownSettings(connector, values) };
}

function wayByForm({ manifest: { ways, title } }: Connector): ConnectionWay {
	const way = ways.find((one) => one !== "oauth");
	if (way !== undefined) return way;
	throw new SheafError("connections/way-unknown", `${title} is connected in its own window: press Connect.`);
}
