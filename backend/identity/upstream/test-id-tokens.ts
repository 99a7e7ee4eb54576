import { expect, setSystemTime, test } from "bun:test";
import type { TestIssuer } from "./test-issuer.ts";
import { approve } from "./test-sign-in.ts";
import { refreshOf, type WayBackend } from "./test-window.ts";

const hour = 3_600;
const seconds = () => Math.floor(Date.now() / 1_000);

type Wrong = {
	claims?: Record<string, unknown>;
	header?: Record<string, string>;
	forgery?: NonNullable<TestIssuer["forgery"]>;
};

/** ID tokens that are wrong in one place each. */
const wrongTokens: Record<string, () => Wrong> = {
	"another issuer": () => ({ claims: { iss: "https://attacker.example" } }),
	"another audience": () => ({ claims: { aud: "another-client" } }),
	"several audiences and no azp": () => ({ claims: { aud: ["sheaf-at-the-upstream", "another-client"] } }),
	"several audiences and another azp": () => ({
		claims: { aud: ["sheaf-at-the-upstream", "another-client"], azp: "another-client" },
	}),
	"an end that has passed": () => ({ claims: { iat: seconds() - 2 * hour, exp: seconds() - 61 } }),
	"no end": () => ({ claims: { exp: undefined } }),
	"a beginning that has not come": () => ({ claims: { nbf: seconds() + 120 } }),
	"a making that has not come": () => ({ claims: { iat: seconds() + 120 } }),
	"a making long ago": () => ({ claims: { iat: seconds() - 25 * hour } }),
	"another nonce": () => ({ claims: { nonce: "another" } }),
	"no nonce": () => ({ claims: { nonce: undefined } }),
	"no subject": () => ({ claims: { sub: undefined } }),
	"an endless subject": () => ({ claims: { sub: "x".repeat(256) } }),
	"a signature of another key": () => ({ forgery: "other-key" }),
	"a signature by the client's secret": () => ({ forgery: "client-secret" }),
	"no signature": () => ({ forgery: "unsigned" }),
	"an unknown key": () => ({ header: { kid: "another" } }),
	"the type of an access token": () => ({ header: { typ: "at+jwt" } }),
};

/** For the ways in that have ID tokens. */
export function testIdTokens(now: () => WayBackend): void {
	const signInAs = async () => {
		const { window, back } = await approve(now());
		return await window.comeBack(back);
	};

	for (const [what, wrong] of Object.entries(wrongTokens)) {
		test(`ID-2: an ID token with ${what} signs nobody in`, async () => {
			Object.assign(issuerOf(now()), wrong());
			const answer = await signInAs();
			expect(answer.status).toBe(200);
			expect(refreshOf(answer)).toBeNull();
			expect(await answer.text()).toContain("was not accepted");
		});
	}

	test("ID-2: keys may be changed at any time: an unknown one is asked for once, and not again at once", async () => {
		const { way } = now();
		const issuer = issuerOf(now());
		const keysAsked = () => way.server.calls.filter(({ url }) => url.pathname === issuer.path("/keys")).length;
		expect(refreshOf(await signInAs())).toContain("code=");
		await issuer.rotate();
		// As long as nobody's tokens may make it ask again.
		setSystemTime(new Date(Date.now() + 31_000));
		const before = keysAsked();
		expect(refreshOf(await signInAs())).toContain("code=");
		expect(keysAsked()).toBe(before + 1);
		issuer.header = { kid: "another" };
		expect(refreshOf(await signInAs())).toBeNull();
		expect(keysAsked()).toBe(before + 1);
		setSystemTime();
	});
}

function issuerOf({ way }: WayBackend): TestIssuer {
	if (!way.issuer) throw new Error(`${way.id} has no ID tokens.`);
	return way.issuer;
}
