import { randomBytes } from "node:crypto";
import { type TestClient, TestConsent } from "./test-consent.ts";
import { type StandInCall, type StandInReply, StandInServer } from "./test-stand-in.ts";

export type TestGithubUser = {
	id: number;
	login: string;
	name: string | null;
	emails: { email: string; primary: boolean; verified: boolean }[];
};

/**
 * A small strict GitHub. It is for what the package `emulate` has not: a "cancel" button, PKCE, comma scopes, the check of a token by
 * its app, taking a grant back, addresses that are not verified, and being in trouble.
 */
export class TestGithub {
	readonly server = new StandInServer((call) => this.#answer(call));
	readonly consent: TestConsent;
	/** By login, which is what the consent page shows. */
	readonly users = new Map<string, TestGithubUser>();
	/** Tokens that are good, with whom they are for and which app made them. */
	readonly tokens = new Map<string, { login: string; clientId: string }>();
	readonly revoked: string[] = [];
	readonly #client: TestClient;

	constructor(client: TestClient) {
		this.#client = client;
		this.consent = new TestConsent(client, { needsNonce: false });
	}

	get url(): string {
		return this.server.url;
	}

	async start(): Promise<this> {
		await this.server.listen();
		return this;
	}

	/** A token that a client got by itself; `clientId` names another app for the attack. */
	token(login: string, clientId = this.#client.clientId): string {
		const token = `gho_${randomBytes(18).toString("hex")}`;
		this.tokens.set(token, { login, clientId });
		return token;
	}

	async #answer(call: StandInCall): Promise<StandInReply> {
		const { pathname } = call.url;
		const app = `/applications/${this.#client.clientId}`;
		if (pathname === "/login/oauth/authorize") return this.#authorize(call);
		if (pathname === "/login/oauth/access_token") return this.#redeem(call);
		if (pathname.startsWith("/user")) return this.#user(call);
		if (pathname === `${app}/token` || pathname === `${app}/grant`) return this.#ownApp(call);
		return { status: 404, json: { message: "Not Found" } };
	}

	#authorize({ url, method, fields }: StandInCall): StandInReply {
		if (method === "GET") return this.consent.page(url, [...this.users.keys()]);
		const { account } = fields;
		const back = this.consent.decide(url.href, account === undefined || account === "" ? null : account);
		return { status: 302, headers: { location: back.href } };
	}

	/** Failures with 200, and a form unless JSON is asked for. */
	#redeem({ fields, headers }: StandInCall): StandInReply {
		const { clientId, clientSecret } = this.#client;
		const known = fields["client_id"] === clientId && fields["client_secret"] === clientSecret;
		const consent = known ? this.consent.redeem(fields) : null;
		const answer: Record<string, string> = consent
			? { access_token: this.token(consent.account), scope: "read:user,user:email", token_type: "bearer" }
			: { error: known ? "bad_verification_code" : "incorrect_client_credentials", error_description: "No." };
		if (headers.accept === "application/json") return { json: answer };
		return {
			text: new URLSearchParams(answer).toString(),
			headers: { "content-type": "application/x-www-form-urlencoded" },
		};
	}

	#user({ url, headers }: StandInCall): StandInReply {
		if (headers["user-agent"] === undefined) return { status: 403, json: { message: "A User-Agent is required." } };
		const token = this.tokens.get((headers.authorization ?? "").replace("Bearer ", ""));
		const user = this.users.get(token?.login ?? "");
		if (!user) return { status: 401, json: { message: "Bad credentials" } };
		const { emails, ...rest } = user;
		return { json: url.pathname === "/user/emails" ? emails : { ...rest, email: null } };
	}

	#ownApp({ url, fields, headers }: StandInCall): StandInReply {
		const { clientId, clientSecret } = this.#client;
		const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
		if (headers.authorization !== basic) return { status: 401, json: { message: "Bad credentials" } };
		const text = fields["access_token"] ?? "";
		const token = this.tokens.get(text);
		if (token?.clientId !== clientId) return { status: 404, json: { message: "Not Found" } };
		if (url.pathname.endsWith("/token")) return { json: { app: { client_id: clientId }, expires_at: null } };
		this.revoked.push(text);
		this.tokens.delete(text);
		return { status: 204 };
	}
}
