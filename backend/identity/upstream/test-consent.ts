import { createHash, randomBytes } from "node:crypto";
import type { StandInReply } from "./test-stand-in.ts";

/** The client that a stand-in knows: Sheaf, as an operator would register it. */
export type TestClient = { clientId: string; clientSecret: string; redirectUri: string };

/** What a code was given for. */
export type Consent = { account: string; redirectUri: string; nonce: string | null; challenge: string };

/**
 * The authorization endpoint of a stand-in, strict about what RFC 9700 asks of a client: an exact redirect, `state`, PKCE with S256,
 * and each code redeemed once, within ten minutes and by the one who has the verifier.
 */
export class TestConsent {
	readonly #client: TestClient;
	readonly #needsNonce: boolean;
	readonly #codes = new Map<string, Consent & { madeAt: number }>();
	/** What an attack or a newer server adds to the way back. */
	extra: Record<string, string> = {};

	constructor(client: TestClient, { needsNonce }: { needsNonce: boolean }) {
		this.#client = client;
		this.#needsNonce = needsNonce;
	}

	/** What is wrong with the address that a client sent a browser to. */
	problem(request: URLSearchParams): string | null {
		const is = (name: string, value: string) => (request.get(name) === value ? null : `${name} is not ${value}`);
		const has = (name: string, form: RegExp) => (form.test(request.get(name) ?? "") ? null : `${name} is missing`);
		const problems = [
			is("client_id", this.#client.clientId),
			is("redirect_uri", this.#client.redirectUri),
			is("response_type", "code"),
			is("code_challenge_method", "S256"),
			has("code_challenge", /^[A-Za-z0-9_-]{43}$/),
			has("state", /^.{22,}$/),
			this.#needsNonce ? has("nonce", /^.{22,}$/) : null,
			request.has("client_secret") ? "the secret is in the address" : null,
		];
		return problems.find((problem) => problem !== null) ?? null;
	}

	/** The way back for whoever chose an account (its key), or null for "cancel". @throws when the request is not right */
	decide(address: string, account: string | null): URL {
		const request = new URL(address).searchParams;
		const problem = this.problem(request);
		if (problem !== null) throw new Error(problem);
		const back = new URL(this.#client.redirectUri);
		if (account === null) back.searchParams.set("error", "access_denied");
		else back.searchParams.set("code", this.#issue(request, account));
		back.searchParams.set("state", request.get("state") ?? "");
		for (const [name, value] of Object.entries(this.extra)) back.searchParams.set(name, value);
		return back;
	}

	/** The page between: a button for each account and one for "cancel". Its forms may lead to the registered redirect only. */
	page(address: URL, accounts: readonly string[]): StandInReply {
		const problem = this.problem(address.searchParams);
		if (problem !== null) return { status: 400, text: `<h1>${problem}</h1>` };
		const buttons = accounts.map((key) => `<button name="account" value="${key}">Continue as ${key}</button>`);
		const form = `<form method="post" action="?${address.searchParams.toString().replaceAll("&", "&amp;")}">`;
		const text = `<!doctype html><title>Consent</title><h1>Sign in to Sheaf?</h1>${form}${buttons.join("")}<button name="account" value="">Cancel</button></form>`;
		const policy = `default-src 'none'; form-action 'self' ${new URL(this.#client.redirectUri).origin}`;
		return { text, headers: { "content-security-policy": policy } };
	}

	/** The consent behind a code, used up with this; null when the code, the redirect or the verifier is wrong. */
	redeem({
		code = "",
		redirect_uri: redirectUri,
		code_verifier: verifier = "",
	}: Record<string, string>): Consent | null {
		const consent = this.#codes.get(code);
		this.#codes.delete(code);
		if (!consent || Date.now() - consent.madeAt > 600_000) return null;
		const challenge = createHash("sha256").update(verifier).digest("base64url");
		return consent.redirectUri === redirectUri && consent.challenge === challenge ? consent : null;
	}

	#issue(request: URLSearchParams, account: string): string {
		const code = randomBytes(16).toString("hex");
		const consent = {
			account,
			redirectUri: request.get("redirect_uri") ?? "",
			nonce: request.get("nonce"),
			challenge: request.get("code_challenge") ?? "",
			madeAt: Date.now(),
		};
		this.#codes.set(code, consent);
		return code;
	}
}
