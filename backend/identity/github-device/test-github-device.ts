import { randomBytes } from "node:crypto";

type Code = { state: "pending" | "approved" | "denied" | "used"; interval: number; nextAt: number; expiresAt: number };

const lifeMs = 900_000;
const slowDownSeconds = 5;

/**
 * A stand-in for GitHub's device flow, which the package `emulate` has not: failures come with 200, a reply is form-encoded unless JSON
 * is asked for, polling early lengthens the interval, and a code gives one token.
 */
export class TestGithubDevice {
	readonly clientId = "Iv1.device";
	/** Makes the token of whoever said yes. */
	makeToken = (): string => `gho_${randomBytes(18).toString("hex")}`;
	/** What every reply is instead, while it is set. */
	trouble: { status: number; headers?: Record<string, string>; body?: object } | null = null;
	/** The paths that were asked, in order. */
	readonly asked: string[] = [];
	readonly sent: Record<string, unknown>[] = [];
	readonly #codes = new Map<string, Code>();
	readonly #now: () => number;
	readonly #server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => this.#answer(request) });

	constructor(now: () => number) {
		this.#now = now;
	}

	get url(): string {
		return `http://localhost:${this.#server.port}`;
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
		return { access_token: this.makeToken(), token_type: "bearer", scope: "read:user,user:email" };
	}
}
