import { createHash, randomBytes } from "node:crypto";
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { officialExtensionId } from "../../env.ts";

export const clientId = "sheaf-extension";
export const redirectUri = `https://${officialExtensionId}.chromiumapp.org/`;

/** A key as the extension has it: made once, its private half only good for signing proofs. */
export type DeviceKey = { privateKey: CryptoKey; jwk: JWK; thumbprint: string };

export async function makeDeviceKey(): Promise<DeviceKey> {
	const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
	const jwk = await exportJWK(publicKey);
	return { privateKey, jwk, thumbprint: await calculateJwkThumbprint(jwk) };
}

export type ProofChanges = { header?: Record<string, unknown>; claims?: Record<string, unknown> };

/** A proof for POST `url`; an attack changes a part of it. A claim set to undefined is left out. */
export async function makeProof(key: DeviceKey, url: string, { header, claims }: ProofChanges = {}): Promise<string> {
	const iat = Math.floor(Date.now() / 1_000);
	return await new SignJWT({ jti: crypto.randomUUID(), htm: "POST", htu: url, iat, ...claims })
		.setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk: key.jwk, ...header })
		.sign(key.privateKey);
}

export type Pkce = { verifier: string; challenge: string };

export function makePkce(): Pkce {
	const verifier = randomBytes(32).toString("base64url");
	return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** A browser as far as the sign-in page needs one: it keeps cookies, and follows nothing by itself. */
export class TestBrowser {
	readonly #cookies = new Map<string, string>();
	readonly #url: string;

	constructor(url: string) {
		this.#url = url;
	}

	async get(path: string): Promise<Response> {
		return this.#keep(await fetch(this.#url + path, { headers: this.#headers(), redirect: "manual" }));
	}

	async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
		const body = new URLSearchParams(fields);
		const origin = this.#url;
		const all = { ...this.#headers(), origin, ...headers };
		return this.#keep(await fetch(this.#url + path, { method: "POST", body, headers: all, redirect: "manual" }));
	}

	cookie(name: string): string | undefined {
		return this.#cookies.get(name);
	}

	setCookie(name: string, value: string): void {
		this.#cookies.set(name, value);
	}

	#headers(): Record<string, string> {
		return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
	}

	#keep(response: Response): Response {
		for (const cookie of response.headers.getSetCookie()) {
			const [pair = ""] = cookie.split(";");
			const [name = "", value = ""] = pair.split("=");
			this.#cookies.set(name, value);
		}
		return response;
	}
}

export function authorizePath(pkce: Pkce, changes: Record<string, string | null> = {}): string {
	const parameters: Record<string, string | null> = {
		response_type: "code",
		client_id: clientId,
		redirect_uri: redirectUri,
		state: "a state",
		code_challenge: pkce.challenge,
		code_challenge_method: "S256",
		...changes,
	};
	const given = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) if (value !== null) given.set(name, value);
	return `/oauth/authorize?${given.toString()}`;
}

/** The hidden fields of the first form of a page, as a browser would send them. */
export function hiddenFields(page: string): Record<string, string> {
	const fields: Record<string, string> = {};
	for (const [, name = "", value = ""] of page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)) {
		fields[name] = value.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
	}
	return fields;
}

export type Tokens = { access_token: string; token_type: string; expires_in: number; refresh_token?: string };

/** A person with an own browser and device, driven through the flow the extension uses. */
export class TestPerson {
	readonly browser: TestBrowser;
	readonly password = "correct horse battery";
	readonly key: DeviceKey;
	readonly deviceId = crypto.randomUUID();
	readonly email: string;
	readonly #url: string;

	constructor(url: string, { email, key }: { email: string; key: DeviceKey }) {
		this.#url = url;
		this.email = email;
		this.key = key;
		this.browser = new TestBrowser(url);
	}

	/** A code from the sign-in page's form. */
	async code(pkce: Pkce, screen: "sign-in" | "sign-up"): Promise<string> {
		const code = (await this.redirectFrom(authorizePath(pkce), screen)).searchParams.get("code");
		if (code === null) throw new Error("The redirect carries no code.");
		return code;
	}

	/** Signs in (or up) at a client's address of the authorization endpoint. @returns where the client's window ends. */
	async redirectFrom(path: string, screen: "sign-in" | "sign-up"): Promise<URL> {
		const page = await (await this.browser.get(`${path}&screen=${screen}`)).text();
		const { email, password } = this;
		const answer = await this.browser.post(`/oauth/${screen}`, { ...hiddenFields(page), email, password });
		const location = answer.headers.get("location");
		if (location === null) throw new Error(`No code and no redirect: ${answer.status} ${await answer.text()}`);
		return new URL(location);
	}

	/** A request to the token endpoint with a proof; what is changed or left out is the attack. */
	async token(fields: Record<string, string>, proof?: string | null): Promise<Response> {
		const url = `${this.#url}/oauth/token`;
		const dpop = proof === undefined ? await makeProof(this.key, url) : proof;
		const headers: Record<string, string> = dpop === null ? {} : { dpop };
		const body = new URLSearchParams({ client_id: clientId, ...fields });
		return await fetch(url, { method: "POST", body, headers });
	}

	codeFields(code: string, pkce: Pkce): Record<string, string> {
		const device = { device_id: this.deviceId, device_name: "A test browser" };
		const grant = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: pkce.verifier };
		return { ...grant, ...device };
	}

	/** The whole flow: sign up (or in), then redeem the code. */
	async tokens(screen: "sign-in" | "sign-up" = "sign-up"): Promise<Required<Tokens>> {
		const pkce = makePkce();
		const answer = await this.token(this.codeFields(await this.code(pkce, screen), pkce));
		const tokens = await json<Tokens>(answer);
		if (answer.status !== 200 || tokens.refresh_token === undefined) throw new Error(JSON.stringify(tokens));
		return { ...tokens, refresh_token: tokens.refresh_token };
	}
}

export async function makePerson(url: string, email = `${crypto.randomUUID()}@example.test`): Promise<TestPerson> {
	return new TestPerson(url, { email, key: await makeDeviceKey() });
}

/** A request with a bearer token. */
export async function ask(url: string, token: string, init: RequestInit = {}): Promise<Response> {
	const headers = new Headers(init.headers);
	headers.set("authorization", `Bearer ${token}`);
	return await fetch(url, { ...init, headers });
}

/** The body, in the shape that the test then looks at. */
export async function json<Shape>(answer: Response): Promise<Shape> {
	return (await answer.json()) as Shape;
}

/** The code of Sheaf's error body. */
export async function errorCode(answer: Response): Promise<string> {
	return (await json<{ error: { code: string } }>(answer)).error.code;
}

/** The code of an OAuth error body. */
export async function oauthError(answer: Response): Promise<string> {
	return (await json<{ error: string }>(answer)).error;
}
