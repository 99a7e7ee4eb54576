import { createHash } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

type Key = { kid: string; privateKey: CryptoKey; jwk: JWK };
type Authorization = { claims: Record<string, unknown>; challenge: string; nonce: string; redirectUri: string };

/**
 * A stand-in for an issuer of OpenID Connect, for what a good one never does: the package `emulate` serves the good flows, and makes no
 * token that is wrong in one place.
 */
export class TestIssuer {
	readonly clientId = "client-of-tests";
	readonly #clientSecret = "secret of tests";
	readonly #key: Key;
	readonly #codes = new Map<string, Authorization>();
	readonly #server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => this.#answer(request) });

	private constructor(key: Key) {
		this.#key = key;
	}

	static async start(): Promise<TestIssuer> {
		const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
		const kid = crypto.randomUUID();
		const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
		return new TestIssuer({ kid, privateKey, jwk });
	}

	get url(): string {
		return `http://localhost:${this.#server.port}`;
	}

	/** The settings of a backend whose `provider` this issuer is. */
	variables(provider: "google" | "oidc"): Record<string, string> {
		const [client, address] = provider === "google" ? ["GOOGLE", "GOOGLE_OAUTH_URL"] : ["OIDC", "SHEAF_OIDC_ISSUER"];
		return {
			[`SHEAF_${client}_CLIENT_ID`]: this.clientId,
			[`SHEAF_${client}_CLIENT_SECRET`]: this.#clientSecret,
			[address]: this.url,
		};
	}

	/** What is changed is the attack; undefined leaves a claim out. */
	async idToken(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> {
		const iat = Math.floor(Date.now() / 1_000);
		const standard = { iss: this.url, aud: this.clientId, sub: crypto.randomUUID(), iat, exp: iat + 3_600 };
		return await new SignJWT({ ...standard, ...claims })
			.setProtectedHeader({ alg: "RS256", kid: this.#key.kid, typ: "JWT", ...header })
			.sign(this.#key.privateKey);
	}

	/** The person at the issuer's page says yes. @returns where their browser is sent, with `claims` behind the code */
	authorize(address: string, claims: Record<string, unknown>): URL {
		const { searchParams } = new URL(address);
		const read = (name: string) => searchParams.get(name) ?? "";
		const code = crypto.randomUUID();
		const redirectUri = read("redirect_uri");
		this.#codes.set(code, { claims, challenge: read("code_challenge"), nonce: read("nonce"), redirectUri });
		const back = new URL(redirectUri);
		back.searchParams.set("code", code);
		back.searchParams.set("state", read("state"));
		return back;
	}

	async close(): Promise<void> {
		await this.#server.stop(true);
	}

	async #answer(request: Request): Promise<Response> {
		const { pathname } = new URL(request.url);
		if (pathname === "/.well-known/openid-configuration") return Response.json(this.#metadata());
		if (pathname === "/keys") return Response.json({ keys: [this.#key.jwk] });
		if (pathname === "/token") return await this.#redeem(new URLSearchParams(await request.text()));
		return new Response("", { status: 404 });
	}

	#metadata() {
		const { url } = this;
		return {
			issuer: url,
			authorization_endpoint: `${url}/authorize`,
			token_endpoint: `${url}/token`,
			jwks_uri: `${url}/keys`,
			response_types_supported: ["code"],
			subject_types_supported: ["public"],
			id_token_signing_alg_values_supported: ["RS256"],
			token_endpoint_auth_methods_supported: ["client_secret_post"],
		};
	}

	async #redeem(fields: URLSearchParams): Promise<Response> {
		const code = fields.get("code") ?? "";
		const known = this.#codes.get(code);
		this.#codes.delete(code);
		const challenge = createHash("sha256")
			.update(fields.get("code_verifier") ?? "")
			.digest("base64url");
		const fits = known?.challenge === challenge && known.redirectUri === fields.get("redirect_uri");
		if (!known || !fits || fields.get("client_secret") !== this.#clientSecret) {
			return Response.json({ error: "invalid_grant" }, { status: 400 });
		}
		const idToken = await this.idToken({ nonce: known.nonce, ...known.claims });
		return Response.json({
			access_token: crypto.randomUUID(),
			token_type: "Bearer",
			expires_in: 300,
			id_token: idToken,
		});
	}
}
