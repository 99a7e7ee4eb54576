import { randomBytes } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { type TestClient, TestConsent } from "./test-consent.ts";
import { type StandInCall, type StandInReply, StandInServer } from "./test-stand-in.ts";

type Claims = Record<string, unknown>;

export type TestIssuerOptions = {
	client: TestClient;
	/** Where it is below its origin; Microsoft's is `/common/v2.0`. */
	path?: string;
	/** The issuer's name, from its address. Left out: the address itself. */
	named?: (address: string) => string;
};

/** The paths below the issuer's address. */
const paths = ["/.well-known/openid-configuration", "/keys", "/authorize", "/token", "/userinfo", "/revoke"] as const;
type Path = (typeof paths)[number];

/**
 * A small strict issuer of OpenID Connect. It is for what the package `emulate` has not: a "cancel" button, nonces at Clerk, codes bound
 * to their redirect, rotated keys, `iss` in the way back, and every way of being broken or hostile.
 */
export class TestIssuer {
	readonly server: StandInServer;
	readonly consent: TestConsent;
	/** Claims of people by a key that the consent page shows. `sub` is the key unless they say otherwise. */
	readonly accounts = new Map<string, Claims>();
	/** Changes every ID token; undefined leaves a claim out. */
	claims: Claims = {};
	header: { kid?: string; alg?: string; typ?: string } = {};
	/** Claims that the UserInfo endpoint tells and ID tokens do not. */
	onlyUserInfo: readonly string[] = [];
	/** Signs with a key that is not published under its name, with the client's secret, or not at all. */
	forgery: "other-key" | "client-secret" | "unsigned" | null = null;
	metadata: Claims = {};
	/** What is published with its key. */
	keyParts: Claims = {};
	readonly revoked: string[] = [];
	readonly #options: TestIssuerOptions;
	readonly #bearers = new Map<string, string>();
	#kid = 0;
	#key: { privateKey: CryptoKey; jwk: JWK } | null = null;

	constructor(options: TestIssuerOptions) {
		this.#options = options;
		this.consent = new TestConsent(options.client, { needsNonce: true });
		this.server = new StandInServer((call) => this.#answer(call));
	}

	get address(): string {
		return `${this.server.url}${this.#options.path ?? ""}`;
	}

	get issuer(): string {
		return this.#options.named?.(this.address) ?? this.address;
	}

	/** As `StandInServer.faults` names it. */
	path(path: Path): string {
		return `${this.#options.path ?? ""}${path}`;
	}

	async start(): Promise<this> {
		await this.rotate();
		await this.server.listen();
		return this;
	}

	/** A new key under a new name; the old one is published no longer. */
	async rotate(): Promise<void> {
		const { privateKey, publicKey } = await generateKeyPair("RS256");
		this.#kid += 1;
		const published = { kid: `key-${this.#kid}`, alg: "RS256", use: "sig" };
		this.#key = { privateKey, jwk: { ...(await exportJWK(publicKey)), ...published } };
	}

	/** A token as the token endpoint would give it, for a client that got one by itself. */
	async idToken(account: string, nonce: string | null = null): Promise<string> {
		const seconds = Math.floor(Date.now() / 1_000);
		const told = { ...this.#claimsOf(account) };
		for (const name of this.onlyUserInfo) delete told[name];
		const own = { iss: this.issuer, aud: this.#options.client.clientId, iat: seconds, exp: seconds + 3_600 };
		return await this.#signed({ ...own, ...told, ...(nonce === null ? {} : { nonce }), ...this.claims });
	}

	async #signed(claims: Claims): Promise<string> {
		const { privateKey, jwk } = this.#current();
		const header = { alg: "RS256", kid: jwk.kid ?? "", typ: "JWT", ...this.header };
		if (this.forgery === "unsigned") {
			const parts = [{ ...header, alg: "none" }, claims].map((part) =>
				Buffer.from(JSON.stringify(part)).toString("base64url"),
			);
			return `${parts.join(".")}.`;
		}
		const token = new SignJWT(claims);
		if (this.forgery === "client-secret") {
			const secret = Buffer.from(this.#options.client.clientSecret.padEnd(32, "."));
			return await token.setProtectedHeader({ ...header, alg: "HS256" }).sign(secret);
		}
		const key = this.forgery === "other-key" ? (await generateKeyPair("RS256")).privateKey : privateKey;
		return await token.setProtectedHeader(header).sign(key);
	}

	async #answer({ url, method, fields, headers }: StandInCall): Promise<StandInReply> {
		switch (paths.find((path) => this.path(path) === url.pathname)) {
			case "/.well-known/openid-configuration":
				return { json: this.#metadata() };
			case "/keys":
				return { json: { keys: [{ ...this.#current().jwk, ...this.keyParts }] } };
			case "/authorize":
				return this.#authorize(url, method, fields);
			case "/token":
				return await this.#redeem(fields, headers.authorization);
			case "/userinfo":
				return this.#userInfo(headers.authorization ?? "");
			case "/revoke":
				this.revoked.push(fields["token"] ?? "");
				return {};
			default:
				return { status: 404 };
		}
	}

	#metadata(): Claims {
		const at = (path: Path) => `${this.address}${path}`;
		return {
			issuer: this.issuer,
			authorization_endpoint: at("/authorize"),
			token_endpoint: at("/token"),
			userinfo_endpoint: at("/userinfo"),
			revocation_endpoint: at("/revoke"),
			jwks_uri: at("/keys"),
			prompt_values_supported: ["none", "login", "select_account"],
			...this.metadata,
		};
	}

	#authorize(url: URL, method: string, fields: Record<string, string>): StandInReply {
		if (method === "GET") return this.consent.page(url, [...this.accounts.keys()]);
		const { account } = fields;
		const back = this.consent.decide(url.href, account === undefined || account === "" ? null : account);
		return { status: 302, headers: { location: back.href } };
	}

	async #redeem(fields: Record<string, string>, authorization = ""): Promise<StandInReply> {
		if (!this.#isClient(fields, authorization)) return { status: 401, json: { error: "invalid_client" } };
		const consent = this.consent.redeem(fields);
		if (!consent) return { status: 400, json: { error: "invalid_grant" } };
		const token = randomBytes(16).toString("hex");
		this.#bearers.set(token, consent.account);
		return {
			json: {
				access_token: token,
				token_type: "Bearer",
				expires_in: 3_600,
				refresh_token: `refresh-${token}`,
				id_token: await this.idToken(consent.account, consent.nonce),
			},
		};
	}

	/** By form or by header, as the metadata allows both unless it says otherwise; the header's parts are form-encoded (RFC 6749 §2.3.1). */
	#isClient({ client_id: id, client_secret: secret }: Record<string, string>, authorization: string): boolean {
		const [, encoded = ""] = authorization.split(" ");
		const basic = Buffer.from(encoded, "base64").toString().replaceAll("+", " ").split(":");
		const [basicId, basicSecret] = basic.map(decodeURIComponent);
		const { clientId, clientSecret } = this.#options.client;
		return (id ?? basicId) === clientId && (secret ?? basicSecret) === clientSecret;
	}

	#userInfo(authorization: string): StandInReply {
		const account = this.#bearers.get(authorization.replace("Bearer ", ""));
		return account === undefined ? { status: 401, json: {} } : { json: this.#claimsOf(account) };
	}

	#claimsOf(account: string): Claims {
		return { sub: account, ...this.accounts.get(account) };
	}

	#current(): { privateKey: CryptoKey; jwk: JWK } {
		if (this.#key === null) throw new Error("The issuer has not been started.");
		return this.#key;
	}
}
