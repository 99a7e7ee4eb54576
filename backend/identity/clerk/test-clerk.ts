import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { Webhook } from "svix";

/** Clerk's documents say 60 s. */
const tokenSeconds = 60;

type Key = { kid: string; privateKey: CryptoKey; jwk: JWK };

/**
 * A stand-in for Clerk's Frontend API, as far as a backend asks it: the keys, and tokens and webhooks as Clerk makes them. The package
 * `emulate` has neither `azp` in its tokens, nor the keys at this address, nor webhooks.
 */
export class TestClerk {
	readonly webhookSecret = `whsec_${Buffer.from("a webhook secret of tests").toString("base64")}`;
	readonly authorizedParty = "https://app.example.test";
	/** What the keys' address answers; anything but 200 comes without keys. */
	keysStatus = 200;
	keysAsked = 0;
	#key: Key | undefined;
	readonly #server = Bun.serve({
		port: 0,
		hostname: "127.0.0.1",
		fetch: ({ url }) => this.#answer(new URL(url).pathname),
	});

	/** Address and issuer. */
	get url(): string {
		return `http://localhost:${this.#server.port}`;
	}

	/** The settings of a backend that trusts this instance. */
	get variables(): Record<string, string> {
		return {
			SHEAF_CLERK_ISSUER: this.url,
			SHEAF_CLERK_AUTHORIZED_PARTIES: this.authorizedParty,
			SHEAF_CLERK_WEBHOOK_SECRET: this.webhookSecret,
		};
	}

	/** A new key instead of the one there is, as after a rotation. */
	async rotate(): Promise<void> {
		const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
		const kid = `ins_${crypto.randomUUID()}`;
		this.#key = { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" } };
	}

	/** A session token; what is changed is the attack, undefined leaves a claim out. */
	async token(
		claims: Record<string, unknown> = {},
		header: { alg?: string; kid?: string; typ?: string } = {},
	): Promise<string> {
		if (this.#key === undefined) await this.rotate();
		const key = this.#key;
		if (key === undefined) throw new Error("There is no key.");
		const now = Math.floor(Date.now() / 1_000);
		const times = { iat: now, nbf: now - 10, exp: now + tokenSeconds };
		const session = { sub: "user_ada", sid: "sess_1", azp: this.authorizedParty, sts: "active", fva: [1, -1], v: 2 };
		return await new SignJWT({ iss: this.url, jti: crypto.randomUUID(), ...times, ...session, ...claims })
			.setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "JWT", ...header })
			.sign(key.privateKey);
	}

	/** Sends a webhook as Svix does; a repetition has the same id. */
	async send(backendUrl: string, message: { type: string; data: object; id?: string }): Promise<Response> {
		const { type, data, id = `msg_${crypto.randomUUID()}` } = message;
		const now = new Date();
		const body = JSON.stringify({ data, object: "event", type, timestamp: now.getTime(), instance_id: "ins_test" });
		const signature = new Webhook(this.webhookSecret).sign(id, now, body);
		const timestamp = String(Math.floor(now.getTime() / 1_000));
		return await fetch(`${backendUrl}/webhooks/clerk`, {
			method: "POST",
			body,
			headers: {
				"content-type": "application/json",
				"svix-id": id,
				"svix-timestamp": timestamp,
				"svix-signature": signature,
			},
		});
	}

	async close(): Promise<void> {
		await this.#server.stop(true);
	}

	#answer(path: string): Response {
		if (path !== "/.well-known/jwks.json") return new Response("", { status: 404 });
		this.keysAsked += 1;
		return this.keysStatus === 200
			? Response.json({ keys: this.#key ? [this.#key.jwk] : [] })
			: new Response("", { status: this.keysStatus });
	}
}

/** `data` of user.created and user.updated. */
export function clerkUser(changes: Record<string, unknown> = {}): { id: string } & Record<string, unknown> {
	const email = `ada-${crypto.randomUUID()}@example.test`;
	return {
		id: `user_${crypto.randomUUID().replaceAll("-", "")}`,
		object: "user",
		first_name: "Ada",
		last_name: "Lovelace",
		username: null,
		primary_email_address_id: "idn_1",
		email_addresses: [{ id: "idn_1", email_address: email, verification: { status: "verified" } }],
		updated_at: 1_767_225_600_000,
		...changes,
	};
}
