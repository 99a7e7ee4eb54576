import { createHash, randomBytes } from "node:crypto";
import type { Connector, ConnectorCall, ConnectorFailure, Identity } from "../../connectors/connector.ts";
import type { OAuthManifest } from "../../connectors/oauth-manifest.ts";
import { type StandInCall, type StandInReply, StandInServer } from "../../identity/upstream/test-stand-in.ts";
import { createTestConnector, type TestConnector } from "../../sync/test-connector.ts";

const accessRefused: ConnectorFailure = {
	kind: "reconnect",
	reason: "delivery/credential-refused",
	message: "The access was refused.",
};

type Grant = { account: string; challenge: string; redirectUri: string };

/** A small strict provider: rotating refresh tokens whose use kills the old pair at once, one refresh at a time, PKCE. */
export class TestProvider {
	readonly server = new StandInServer((call) => this.#answer(call));
	readonly scripted: TestConnector = createTestConnector();
	readonly client = { clientId: "sheaf-there", clientSecret: "a secret of the operator" };
	/** Good access tokens, by what they are; the value is the account. */
	readonly access = new Map<string, string>();
	readonly refresh = new Map<string, { account: string; token: string }>();
	readonly revoked: string[] = [];
	/** How often a pair was renewed. */
	refreshes = 0;
	expiresIn = 3_600;
	/** Runs while a refresh is being made, after the old pair is dead. */
	duringRefresh: () => Promise<StandInReply | null> = async () => null;
	readonly #codes = new Map<string, Grant>();
	#refreshing = 0;

	/** The scripted connector, connected in a window of this provider. */
	connector(): Connector {
		const { connector } = this.scripted;
		return {
			...connector,
			manifest: { ...connector.manifest, ways: ["oauth"], form: [], oauth: this.#oauth() },
			identify: async ({ credential }) => {
				const account = this.access.get(credential["token"] ?? "");
				if (account === undefined) {
					return { kind: "reconnect", reason: "connections/credential-refused", message: "The access was refused." };
				}
				const value: Identity = {
					accountId: account,
					label: `${account}@there.test`,
					scopes: ["write"],
					missingScopes: [],
				};
				return { kind: "ok", value };
			},
			push: async (call, target, rows) =>
				this.#mayGo(call) ? await connector.push(call, target, rows) : accessRefused,
			read: async (call, target, wanted) =>
				this.#mayGo(call) && connector.read !== undefined ? await connector.read(call, target, wanted) : accessRefused,
			remove: async (call, target, ids) =>
				this.#mayGo(call) && connector.remove !== undefined ? await connector.remove(call, target, ids) : accessRefused,
		};
	}

	#mayGo({ credential }: ConnectorCall): boolean {
		return this.access.has(credential["token"] ?? "");
	}

	#oauth(): OAuthManifest {
		return {
			client: this.client,
			issuer: this.server.url,
			authorizationEndpoint: `${this.server.url}/authorize`,
			tokenEndpoint: `${this.server.url}/token`,
			revocationEndpoint: `${this.server.url}/revoke`,
			manageUrl: "https://there.test/apps",
			clientAuthentication: "basic",
			requestFormat: "form",
			pkce: true,
			scopes: ["write"],
			authorizationParameters: {},
			assumedExpiresIn: null,
		};
	}

	/** What the consent page's buttons do: where the browser goes. */
	decide(address: string, account: string | null): URL {
		const asked = new URL(address).searchParams;
		const back = new URL(asked.get("redirect_uri") ?? "");
		back.searchParams.set("state", asked.get("state") ?? "");
		if (account === null) back.searchParams.set("error", "access_denied");
		else back.searchParams.set("code", this.#code(asked, account));
		return back;
	}

	#code(asked: URLSearchParams, account: string): string {
		const code = randomBytes(18).toString("hex");
		this.#codes.set(code, {
			account,
			challenge: asked.get("code_challenge") ?? "",
			redirectUri: asked.get("redirect_uri") ?? "",
		});
		return code;
	}

	/** Ends every access of an account, as its person does there. */
	endAccess(account: string): void {
		for (const [token, holder] of this.access) if (holder === account) this.access.delete(token);
		for (const [token, pair] of this.refresh) if (pair.account === account) this.refresh.delete(token);
	}

	async #answer({ url, fields, headers }: StandInCall): Promise<StandInReply> {
		const basic = `Basic ${Buffer.from(`${this.client.clientId}:${encodeURIComponent(this.client.clientSecret).replaceAll("%20", "+")}`).toString("base64")}`;
		if (headers.authorization !== basic) return { status: 401, json: { error: "invalid_client" } };
		if (url.pathname === "/revoke") return this.#revoke(fields["token"] ?? "");
		if (fields["grant_type"] === "refresh_token") return await this.#renew(fields["refresh_token"] ?? "");
		const { code = "" } = fields;
		const grant = this.#codes.get(code);
		this.#codes.delete(code);
		const challenge = createHash("sha256")
			.update(fields["code_verifier"] ?? "")
			.digest("base64url");
		if (grant?.challenge !== challenge || grant.redirectUri !== fields["redirect_uri"]) {
			return { status: 400, json: { error: "invalid_grant" } };
		}
		return { json: this.#pair(grant.account) };
	}

	#revoke(token: string): StandInReply {
		this.revoked.push(token);
		return { status: 200, json: {} };
	}

	async #renew(old: string): Promise<StandInReply> {
		const pair = this.refresh.get(old);
		if (this.#refreshing > 0) return { status: 409, json: { error: "conflict" } };
		if (pair === undefined) return { status: 400, json: { error: "invalid_grant" } };
		this.#refreshing += 1;
		try {
			this.refreshes += 1;
			this.refresh.delete(old);
			this.access.delete(pair.token);
			const next = this.#pair(pair.account);
			return (await this.duringRefresh()) ?? { json: next };
		} finally {
			this.#refreshing -= 1;
		}
	}

	#pair(account: string) {
		const [token, refreshToken] = [`oaa${randomBytes(12).toString("hex")}`, `oar${randomBytes(12).toString("hex")}`];
		this.access.set(token, account);
		this.refresh.set(refreshToken, { account, token });
		const rest = { token_type: "Bearer", expires_in: this.expiresIn, scope: "write" };
		return { access_token: token, refresh_token: refreshToken, ...rest };
	}
}
