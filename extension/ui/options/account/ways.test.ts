import { describe, expect, test } from "bun:test";
import type { AccountView } from "../../../../backend/contract/users.ts";
import { waysView as join } from "./ways.ts";

const account = (provider: string): AccountView => ({
	id: `id-of-${provider}`,
	provider,
	subject: "1",
	label: "ada@sheaf.test",
	linkedAt: "2026-01-01T00:00:00.000Z",
	lastUsedAt: null,
});
const offered = [
	{ id: "password", title: "E-mail and password" },
	{ id: "google", title: "Google" },
	{ id: "oidc", title: "Harbour SSO" },
];

const waysView = (accounts: AccountView[], ways: typeof offered) =>
	join({ accounts, user: { email: "ada@sheaf.test" } }, ways);

describe("ID-2: ways in", () => {
	test("ID-2: a way says which account it is; a password, which has no name of its own, says the person's address", () => {
		const bare = { label: "" };
		const [google, password] = waysView(
			[
				{ ...account("google"), ...bare },
				{ ...account("password"), ...bare },
			],
			offered,
		).linked;
		expect([google?.label, password?.label]).toEqual(["", "ada@sheaf.test"]);
	});

	test("ID-2: what is not linked is offered, and a password apart from the rest", () => {
		const view = waysView([account("google")], offered);
		expect(view.addable.map(({ id }) => id)).toEqual(["oidc"]);
		expect(view.password).toBe("unset");
		expect(waysView([account("password")], offered).password).toBe("set");
		expect(waysView([account("google")], offered.slice(1)).password).toBe("not-offered");
	});

	test("ID-2: the last way in stays, and says why; of two each can go", () => {
		expect(waysView([account("google")], offered).linked[0]?.keptBecause).toContain("only way");
		const two = waysView([account("google"), account("password")], offered);
		expect(two.linked.map(({ keptBecause }) => keptBecause)).toEqual([null, null]);
	});

	test("ID-2: a way is called what its server calls it, also when it is offered no more", () => {
		expect(waysView([account("oidc")], offered).linked[0]?.title).toBe("Harbour SSO");
		expect(waysView([account("google")], []).linked[0]?.title).toBe("Google");
		expect(waysView([account("sign-in.example")], []).linked[0]?.title).toBe("sign-in.example");
	});
});
