import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from "jose";
import type { Fetch } from "./request.ts";
import { TestPeople, type TestPerson, type TokenHolder } from "./test-people.ts";

type Grant = { person: TestPerson; challenge: string; redirectUri: string };
/** `workspaceId`: where this session works. */
type Device = { person: TestPerson; thumbprint: string; deviceId: string; workspaceId: string };

const issuer = "https://sheaf.example";
const redirectUri = "https://abc.chromiumapp.org/";

/**
 * An authorization server in memory, as strict as the backend's: PKCE is checked, codes are good once, proofs are good
 * once and for one address, a refresh token works with the key it was given for.
 */
export class TestAuthorizationServer {
	readonly issuer = issuer;
	/** Who fills in the sign-in window next; null closes it. */
	person: TestPerson | null = { id: crypto.randomUUID(), email: "ada@example.com" };
	/** Changes the answer on its way back to the extension. */
	tamper: (answer: URL) => void = () => undefined;
	/** Changes the published metadata. */
	metadata: Record<string, unknown> = {};
	offline = false;
	/** How many answers of the token endpoint are still to be lost on their way, after they took effect. */
	lostAnswers = 0;
	/** How many requests are still to be sent twice, as a browser does whose connection broke; the first answer is lost. */
	repeatedRequests = 0;
	/** Who belongs where, and what the API says of them. */
	readonly people = new TestPeople();
	readonly tokenRequests: URLSearchParams[] = [];
	readonly revoked: string[] = [];
	readonly #codes = new Map<string, Grant>();
	readonly #devices = new Map<string, Device>();
	readonly #proofs = new Set<string>();
	readonly #tokens = new Map<string, TokenHolder>();

	readonly identity = {
		getRedirectURL: () => redirectUri,
		launchWebAuthFlow: async ({ url }: { url: string }): Promise<string> => this.#signInWindow(new URL(url)),
	};

	readonly fetch: Fetch = async (url, init) => {
		if (this.offline) throw new TypeError("Failed to fetch");
		if (init.credentials !== "omit") throw new Error(`Cookies would go along to ${url}.`);
		const { pathname } = new URL(url);
		if (pathname === "/.well-known/oauth-authorization-server") return Response.json(this.#metadata());
		if (pathname === "/oauth/token") return await this.#tokenOrNothing(url, init);
		if (pathname === "/oauth/revoke") return this.#revoke(init);
		return this.#api(pathname, init);
	};

	/** The session of this refresh token ends, as when it was signed out elsewhere. */
	end(refreshToken: string): void {
		this.#devices.delete(refreshToken);
	}

	/** Whose access token it is, and for which workspace. */
	holder(token: string | null): (TestPerson & { workspaceId: string }) | undefined {
		const holder = token === null ? undefined : this.#tokens.get(token);
		return holder && { ...holder.person, workspaceId: holder.workspaceId };
	}

	#metadata() {
		return {
			issuer,
			authorization_endpoint: `${issuer}/oauth/authorize`,
			token_endpoint: `${issuer}/oauth/token`,
			revocation_endpoint: `${issuer}/oauth/revoke`,
			code_challenge_methods_supported: ["S256"],
			...this.metadata,
		};
	}

	#signInWindow({ searchParams: asked }: URL): string {
		if (!this.person) throw new Error("The user did not approve access.");
		if (asked.get("response_type") !== "code" || asked.get("code_challenge_method") !== "S256")
			throw new Error("Refused.");
		const code = crypto.randomUUID();
		const challenge = asked.get("code_challenge") ?? "";
		this.#codes.set(code, { person: this.person, challenge, redirectUri: asked.get("redirect_uri") ?? "" });
		const answer = new URL(redirectUri);
		answer.searchParams.set("code", code);
		answer.searchParams.set("state", asked.get("state") ?? "");
		answer.searchParams.set("iss", issuer);
		this.tamper(answer);
		return answer.href;
	}

	async #tokenOrNothing(url: string, init: RequestInit): Promise<Response> {
		const first = await this.#token(url, init);
		const repeated = this.repeatedRequests > 0;
		if (repeated) this.repeatedRequests -= 1;
		const answer = repeated ? await this.#token(url, init) : first;
		if (this.lostAnswers === 0) return answer;
		this.lostAnswers -= 1;
		throw new TypeError("Failed to fetch");
	}

	async #token(url: string, init: RequestInit): Promise<Response> {
		const parameters = init.body instanceof URLSearchParams ? init.body : new URLSearchParams();
		this.tokenRequests.push(parameters);
		const thumbprint = await this.#thumbprint(new Headers(init.headers).get("dpop") ?? "", url);
		if (!thumbprint) return refused("invalid_dpop_proof");
		if (parameters.get("grant_type") === "authorization_code") return await this.#redeem(parameters, thumbprint);
		const device = this.#devices.get(parameters.get("refresh_token") ?? "");
		if (device?.thumbprint !== thumbprint) return refused("invalid_grant");
		const isMember = (id: string) => this.people.isMember(device.person, id);
		if (!isMember(device.workspaceId)) device.workspaceId = this.people.personalOf(device.person).id;
		const workspaceId = parameters.get("workspace_id") ?? device.workspaceId;
		return isMember(workspaceId) ? this.#answer(device, workspaceId, {}) : refused("invalid_target");
	}

	async #redeem(parameters: URLSearchParams, thumbprint: string): Promise<Response> {
		const code = parameters.get("code") ?? "";
		const grant = this.#codes.get(code);
		this.#codes.delete(code);
		const verifier = new TextEncoder().encode(parameters.get("code_verifier") ?? "");
		const challenge = Buffer.from(await crypto.subtle.digest("SHA-256", verifier)).toString("base64url");
		if (grant?.challenge !== challenge || grant.redirectUri !== parameters.get("redirect_uri"))
			return refused("invalid_grant");
		const refreshToken = crypto.randomUUID();
		const { person } = grant;
		const workspaceId = this.people.personalOf(person).id;
		const device = { person, thumbprint, deviceId: parameters.get("device_id") ?? "", workspaceId };
		this.#devices.set(refreshToken, device);
		return this.#answer(device, workspaceId, { refresh_token: refreshToken });
	}

	#answer(device: Device, workspaceId: string, more: Record<string, string>): Response {
		const token = crypto.randomUUID();
		const move = (id: string) => {
			device.workspaceId = id;
		};
		this.#tokens.set(token, { person: device.person, workspaceId, deviceId: device.deviceId, move });
		return Response.json({ access_token: token, token_type: "Bearer", expires_in: 300, ...more });
	}

	async #thumbprint(proof: string, url: string): Promise<string | null> {
		const { payload } = await jwtVerify(proof, EmbeddedJWK, { typ: "dpop+jwt", algorithms: ["ES256"] });
		const { jwk } = decodeProtectedHeader(proof);
		if (!jwk || payload["htm"] !== "POST" || payload["htu"] !== url || this.#proofs.has(payload.jti ?? "")) return null;
		this.#proofs.add(payload.jti ?? "");
		return await calculateJwkThumbprint(jwk);
	}

	#revoke(init: RequestInit): Response {
		const token = init.body instanceof URLSearchParams ? (init.body.get("token") ?? "") : "";
		this.revoked.push(token);
		this.#devices.delete(token);
		return Response.json({});
	}

	#api(pathname: string, init: RequestInit): Response {
		const token = new Headers(init.headers).get("authorization")?.replace("Bearer ", "") ?? "";
		const holder = this.#tokens.get(token);
		return holder ? this.people.answer(holder, pathname, init) : new Response(null, { status: 401 });
	}
}

function refused(error: string): Response {
	return Response.json({ error }, { status: 400 });
}
