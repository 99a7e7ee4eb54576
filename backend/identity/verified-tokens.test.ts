import { expect, test } from "bun:test";
import { type CryptoKey, generateKeyPair, SignJWT } from "jose";
import { SheafError } from "../errors.ts";
import { rememberVerified } from "./verified-tokens.ts";

const id = "00000000-0000-7000-8000-000000000001";
const claims = { userId: id, workspaceId: id, role: "member", sessionId: id, deviceId: id } as const;
const { publicKey, privateKey } = await generateKeyPair("ES256");

const makeToken = (expiresAt: number) =>
	new SignJWT({}).setProtectedHeader({ alg: "ES256", kid: "first" }).setExpirationTime(expiresAt).sign(privateKey);

/** A gate whose clock, keys and answers are the test's; `verified` is every token that was verified in earnest. */
function rig() {
	let [nowMs, refuses] = [1_000_000, false];
	const published = new Map<string, CryptoKey>([["first", publicKey]]);
	const verified: string[] = [];
	const unused = () => Promise.reject(new Error("Nobody signs here."));
	const verify = rememberVerified(
		{
			now: () => nowMs,
			keys: { publicKey: async (kid) => published.get(kid) ?? null, current: unused, publicJwks: unused },
		},
		async (token) => {
			verified.push(token);
			if (refuses) throw new SheafError("auth/token-invalid", "No.");
			return claims;
		},
	);
	return {
		verify,
		verified,
		published,
		at: (ms: number) => {
			nowMs = ms;
		},
		refuse: () => {
			refuses = true;
		},
	};
}

test("ID-3: a token is verified once, and another one for itself", async () => {
	const { verify, verified } = rig();
	const [token, other] = [await makeToken(2_000), await makeToken(2_001)];
	expect([await verify(token), await verify(token), await verify(other)]).toEqual([claims, claims, claims]);
	expect(verified).toEqual([token, other]);
});

test("ID-3: a token that has run out, or whose key is no longer published, is verified in earnest again", async () => {
	const { verify, verified, at, refuse } = rig();
	const token = await makeToken(2_000);
	await verify(token);
	refuse();
	at(1_999_999);
	expect(await verify(token)).toEqual(claims);
	at(2_000_000);
	await expect(verify(token)).rejects.toMatchObject({ code: "auth/token-invalid" });
	at(1_000_000);
	await expect(verify(token)).rejects.toMatchObject({ code: "auth/token-invalid" });

	const withdrawn = rig();
	await withdrawn.verify(token);
	withdrawn.published.delete("first");
	withdrawn.refuse();
	await expect(withdrawn.verify(token)).rejects.toMatchObject({ code: "auth/token-invalid" });
	expect([verified.length, withdrawn.verified.length]).toEqual([3, 2]);
});

test("ID-3: a refusal is not remembered", async () => {
	const { verify, verified, refuse } = rig();
	const token = await makeToken(2_000);
	refuse();
	for (let tries = 0; tries < 2; tries += 1) await expect(verify(token)).rejects.toThrow();
	expect(verified).toHaveLength(2);
});
