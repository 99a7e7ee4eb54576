import { describe, expect, test } from "bun:test";
import { decodeProtectedHeader } from "jose";
import { createVault, type MasterKey, parseMasterKeys, VaultError } from "./vault.ts";

const master = (kid: string, fill: number): MasterKey => ({ kid, key: new Uint8Array(32).fill(fill) });
const credential = { token: "pat123.secret" };

async function refusal(work: () => unknown): Promise<string> {
	try {
		await work();
		return "accepted";
	} catch (error) {
		return error instanceof VaultError ? error.code : String(error);
	}
}

/** The envelope with one character of one of its five parts changed. */
function altered(jwe: string, part: number): string {
	const parts = jwe.split(".");
	const text = parts[part] ?? "";
	parts[part] = `${text.slice(0, -2)}${text.at(-2) === "A" ? "B" : "A"}${text.slice(-1)}`;
	return parts.join(".");
}

describe("the vault", () => {
	test("ACC-2: what was sealed is opened again, and the envelope does not show it", async () => {
		const vault = createVault([master("a", 1)]);
		const jwe = await vault.seal(credential);
		expect(await vault.open(jwe)).toEqual(credential);
		expect(jwe).not.toContain("secret");
	});

	test("ACC-2: the header names the algorithms and the master key", async () => {
		const jwe = await createVault([master("a", 1)]).seal(credential);
		expect(decodeProtectedHeader(jwe)).toMatchObject({ alg: "A256GCMKW", enc: "A256GCM", kid: "a" });
	});

	test("ACC-2: the same credential is sealed under another key each time", async () => {
		const vault = createVault([master("a", 1)]);
		expect(await vault.seal(credential)).not.toBe(await vault.seal(credential));
	});

	test("ACC-2: a new master key seals while the old one still opens", async () => {
		const old = await createVault([master("old", 1)]).seal(credential);
		const rotated = createVault([master("new", 2), master("old", 1)]);
		expect(await rotated.open(old)).toEqual(credential);
		expect(decodeProtectedHeader(await rotated.seal(credential)).kid).toBe("new");
	});

	test("ACC-2: an envelope under a master key that is not there has its own code", async () => {
		const jwe = await createVault([master("gone", 1)]).seal(credential);
		expect(await refusal(() => createVault([master("a", 2)]).open(jwe))).toBe("vault/key-unknown");
	});

	test.each([0, 1, 2, 3, 4])("ACC-2: an envelope with part %i altered is refused", async (part) => {
		const vault = createVault([master("a", 1)]);
		const jwe = await vault.seal(credential);
		expect(await refusal(() => vault.open(altered(jwe, part)))).toMatch(/^vault\/(envelope-invalid|key-unknown)$/);
	});

	test.each(["", "not.a.jwe", "eyJhbGciOiJkaXIifQ...."])("ACC-2: %p is no envelope", async (text) => {
		expect(await refusal(() => createVault([master("a", 1)]).open(text))).toBe("vault/envelope-invalid");
	});

	test("ACC-2: keys of the wrong length, with the same id, or none at all are refused at once", async () => {
		const short = { kid: "a", key: new Uint8Array(16) };
		for (const keys of [[], [short], [master("a", 1), master("a", 2)]]) {
			expect(await refusal(() => createVault(keys))).toBe("vault/master-key-invalid");
		}
	});

	test("ACC-2: master keys are read in order, and a malformed list is no list", () => {
		const [one, two] = [1, 2].map((fill) => Buffer.alloc(32, fill).toString("base64url"));
		expect(parseMasterKeys(`b:${two}, a:${one}`)?.map(({ kid }) => kid)).toEqual(["b", "a"]);
		expect(parseMasterKeys(`a:${one},broken`)).toBeNull();
	});
});
