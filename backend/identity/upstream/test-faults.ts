import { expect, test } from "bun:test";
import type { AccountView } from "../../contract/users.ts";
import { approve, signIn } from "./test-sign-in.ts";
import type { Fault } from "./test-stand-in.ts";
import { refreshOf, type WayBackend } from "./test-window.ts";

/** What an upstream may answer instead of tokens, and the words that the person then reads. */
const faults: Record<string, { fault: Fault; words: string }> = {
	"503": { fault: { status: 503 }, words: "does not answer" },
	"429": { fault: { status: 429, json: {} }, words: "does not answer" },
	silence: { fault: "silence", words: "does not answer" },
	"a redirect": { fault: { status: 302, headers: { location: "https://attacker.example" } }, words: "does not answer" },
	"more than a quarter of a megabyte": {
		fault: { json: { access_token: "x".repeat(300_000) } },
		words: "does not answer",
	},
	"a page": { fault: { text: "<h1>Hello</h1>" }, words: "was not accepted" },
	"no token": { fault: { json: { token_type: "bearer" } }, words: "was not accepted" },
	"a refusal": { fault: { status: 400, json: { error: "invalid_grant" } }, words: "was not accepted" },
	"a refusal of the client": { fault: { status: 401, json: { error: "invalid_client" } }, words: "was not accepted" },
};

/** An upstream in trouble, or making some. The window stays open and says so; nobody is signed in. */
export function testFaults(now: () => WayBackend): void {
	for (const [what, { fault, words }] of Object.entries(faults)) {
		test(`ID-2: ${what} instead of a token is a page that leads back to the sign-in`, async () => {
			const { window, back } = await approve(now());
			now().way.server.faults.set(now().way.tokenPath, fault);
			now().patience.ms = fault === "silence" ? 200 : 10_000;
			const answer = await window.comeBack(back);
			expect(answer.status).toBe(200);
			expect(refreshOf(answer)).toBeNull();
			const page = await answer.text();
			expect(page).toContain(words);
			expect(page).toMatch(/href="\/oauth\/authorize\?[^"]*screen=sign-in"/);
		});
	}

	test("ID-2: an error that the upstream names is no cancelling, and is not shown", async () => {
		const { window, back } = await approve(now());
		back.searchParams.delete("code");
		back.searchParams.set("error", "<script>alert(1)</script>");
		const answer = await window.comeBack(back);
		const page = await answer.text();
		expect(page).toContain("was not accepted");
		expect(page).not.toContain("alert(1)");
	});
}

/** What is kept of an upstream, and what is not. */
export function testTraces(now: () => WayBackend): void {
	test("ACC-2: a token that takes the access back is kept sealed, and used when the account is removed", async () => {
		const { way, backend } = now();
		const { key } = way.put({ subject: "leaver", address: "leaver", vouched: true });
		const { window, userId, accessToken } = await signIn(now(), key);
		const path = "/api/v1/users/me/accounts";
		const { accounts } = await window.read<{ accounts: AccountView[] }>(accessToken, path);
		const remove = () =>
			fetch(`${backend.url}${path}/${accounts[0]?.id}`, {
				method: "DELETE",
				headers: { authorization: `Bearer ${accessToken}` },
			});
		expect((await remove()).status).toBe(409);
		await givePassword(now(), userId);
		const before = way.revoked().length;
		expect((await remove()).status).toBe(204);
		expect(way.revoked()).toHaveLength(before + (way.revokes ? 1 : 0));
	});

	test("OBS-1: no secret, token, code, address or name is in the log", () => {
		const { lines, client, way } = now();
		const text = lines.join("\n");
		expect(lines.length).toBeGreaterThan(10);
		const names = [
			"Lovelace",
			"example.test",
			"gmail.com",
			client.clientSecret,
			encodeURIComponent(client.clientSecret),
		];
		for (const word of [...names, ...secretsOf(way)]) expect(text.includes(word)).toBe(false);
	});
}

/** Everything that went over the wire and gives access. */
function secretsOf({ server }: WayBackend["way"]): string[] {
	const sent: (string | undefined)[] = server.calls.flatMap(({ fields, headers }) => [
		fields["code"],
		fields["code_verifier"],
		fields["token"],
		fields["access_token"],
		headers.authorization?.split(" ")[1],
	]);
	return sent.filter((secret): secret is string => secret !== undefined && secret.length > 10);
}

/** A second way in, so that the first can be removed. */
async function givePassword({ backend }: WayBackend, userId: string): Promise<void> {
	await backend.testDatabase.database.asIdentity(
		(sql) => sql`
			insert into sheaf.user_accounts (user_id, provider, subject, password_hash)
			values (${userId}, 'password', ${userId}, 'none')`,
	);
}
