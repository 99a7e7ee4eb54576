import { randomBytes, randomInt } from "node:crypto";

type Code = { state: "pending" | "approved" | "denied" | "used"; interval: number; nextAt: number; expiresAt: number };

const lifeMs = 900_000;
const slowDownSeconds = 5;

/** Whose a token is, and which app it was made for. */
type Token = { clientId: string; user: GithubPerson };
export type GithubPerson = { id: number; login: string; name: string | null; email: string; verified: boolean };

/**
 * A stand-in for what the package `emulate` has not: GitHub's device flow (failures come with 200, a reply is form-encoded unless JSON is
 * asked for, polling early lengthens the interval, a code gives one token), and the question which app a token was made for.
 */
export class TestGithub {
	readonly clientId = "Iv1.device";
	readonly clientSecret = "the secret of tests";
	/** What every reply is instead, while it is set. */
	trouble: { status: number; headers?: Record<string, string>; body?: object } | null = null;
	/** The paths that were asked, in order. */
	readonly asked: string[] = [];
	readonly sent: Record<string, unknown>[] = [];
	readonly #codes = new Map<string, Code>();
	readonly #tokens = new Map<string, Token>();
	readonly #now: () => number;
	readonly #server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => this.#answer(request) });

	constructor(now: () => number) {
		this.#now = now;
	}

	get url(): string {
		return `http://localhost:${this.#server.port}`;
	}

	/** The settings of a backend that this app is registered for. */
	get variables(): Record<string, string> {
		return {
			SHEAF_GITHUB_CLIENT_ID: this.clientId,
			SHEAF_GITHUB_CLIENT_SECRET: this.clientSecret,
			GITHUB_URL: this.url,
			GITHUB_API_URL: this.url,
		};
	}

	/** A token of this person for an app; ours unless said otherwise. */
	token(user: Partial<GithubPerson> = {}, clientId = this.clientId): string {
		const token = `gho_${randomBytes(18).toString("hex")}`;
		const id = randomInt(1, 2 ** 40);
		const person = { id, login: `ada${id}`, name: "Ada Lovelace", email: `ada${id}@example.test`, verified: true };
		this.#tokens.set(token, { clientId, user: { ...person, ...user } });
		return token;
	}

	/** The person at GitHub's page. */
	decide(deviceCode: string, state: "approved" | "denied"): void {
		const code = this.#codes.get(deviceCode);
		if (!code) throw new Error("GitHub does not know this code.");
		code.state = state;
	}

	async close(): Promise<void> {
		await this.#server.stop(true);
	}

	async #answer(request: Request): Promise<Response> {
		const { pathname } = new URL(request.url);
		this.asked.push(pathname);
		if (this.trouble) return Response.json(this.trouble.body ?? {}, this.trouble);
		if (!pathname.startsWith("/login/")) return await this.#api(pathname, request);
		const fields = (await request.json()) as Record<string, string>;
		this.sent.push(fields);
		if (fields["client_id"] !== this.clientId) return new Response("Not Found", { status: 404 });
		const reply = pathname === "/login/device/code" ? this.#begin() : this.#poll(fields);
		if (request.headers.get("accept") === "application/json") return Response.json(reply);
		return new Response(
			new URLSearchParams(Object.entries(reply).map(([name, value]): [string, string] => [name, String(value)])),
		);
	}

	#begin(): Record<string, unknown> {
		const code = randomBytes(20).toString("hex");
		const now = this.#now();
		this.#codes.set(code, { state: "pending", interval: 5, nextAt: now + 5_000, expiresAt: now + lifeMs });
		const page = { user_code: "WDJB-MJHT", verification_uri: `${this.url}/login/device` };
		return { device_code: code, ...page, expires_in: lifeMs / 1_000, interval: 5 };
	}

	#poll(fields: Record<string, string>): Record<string, unknown> {
		if (fields["grant_type"] !== "urn:ietf:params:oauth:grant-type:device_code")
			return { error: "unsupported_grant_type" };
		const code = this.#codes.get(fields["device_code"] ?? "");
		if (!code || code.state === "used") return { error: "incorrect_device_code" };
		const now = this.#now();
		if (now >= code.expiresAt) return { error: "expired_token" };
		if (now < code.nextAt) {
			code.interval += slowDownSeconds;
			code.nextAt = now + code.interval * 1_000;
			return { error: "slow_down", interval: code.interval };
		}
		code.nextAt = now + code.interval * 1_000;
		if (code.state === "pending") return { error: "authorization_pending" };
		if (code.state === "denied") return { error: "access_denied" };
		code.state = "used";
		return { access_token: this.token(), token_type: "bearer", scope: "read:user,user:email" };
	}

	/** GitHub's REST API, as far as a token exchange asks it. */
	async #api(pathname: string, request: Request): Promise<Response> {
		const [scheme = "", credentials = ""] = (request.headers.get("authorization") ?? "").split(" ");
		if (pathname === `/applications/${this.clientId}/token` && scheme === "Basic") {
			const own = Buffer.from(`${this.clientId}:${this.clientSecret}`).toString("base64");
			if (credentials !== own) return Response.json({ message: "Bad credentials" }, { status: 401 });
			const { access_token: token } = (await request.json()) as { access_token: string };
			if (this.#tokens.get(token)?.clientId !== this.clientId) return Response.json({}, { status: 404 });
			return Response.json({ app: { client_id: this.clientId }, expires_at: null });
		}
		const user = scheme === "Bearer" ? this.#tokens.get(credentials)?.user : undefined;
		if (!user) return Response.json({ message: "Bad credentials" }, { status: 401 });
		const { email, verified, ...profile } = user;
		if (pathname === "/user") return Response.json({ ...profile, email: null });
		return Response.json([{ email, primary: true, verified, visibility: "private" }]);
	}
}
