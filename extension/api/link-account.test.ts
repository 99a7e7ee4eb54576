import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { aDevice, emptyDevice } from "./test-device.ts";

beforeEach(emptyDevice);

/** Ada is signed in, and the window to link Google ends as the test says. */
async function linking(ends: (answer: URL) => void) {
	const { server, session } = await aDevice();
	await session.signIn();
	server.identity.launchWebAuthFlow = async ({ url }) => {
		const answer = new URL(server.identity.getRedirectURL());
		answer.searchParams.set("state", new URL(url).searchParams.get("state") ?? "");
		answer.searchParams.set("iss", server.issuer);
		ends(answer);
		return answer.href;
	};
	return { server, answer: await session.link("google") };
}

test("ID-2: another way in is linked in the server's window, which ends at this extension's own address", async () => {
	const { server, answer } = await linking((url) => url.searchParams.set("linked", "google"));
	expect(answer).toEqual({ kind: "linked" });
	expect(server.people.linkRequests).toEqual([
		{ provider: "google", redirectUri: server.identity.getRedirectURL(), state: expect.stringMatching(/^.{43}$/) },
	]);
});

test("a window that is closed or refused is a quiet end", async () => {
	const { answer } = await linking((url) => url.searchParams.set("error", "access_denied"));
	expect(answer).toEqual({ kind: "cancelled" });
	const { server, session } = await aDevice();
	await session.signIn();
	server.identity.launchWebAuthFlow = () => Promise.reject(new Error("The user did not approve access."));
	expect(await session.link("google")).toEqual({ kind: "cancelled" });
});

test("ID-2: one that belongs to somebody else is not linked, and it is said", async () => {
	const { answer } = await linking((url) => url.searchParams.set("error", "auth/account-in-use"));
	expect(answer).toMatchObject({ kind: "failed", message: expect.stringContaining("another Sheaf account") });
});

const forgeries: [string, (answer: URL) => void][] = [
	["a state that is not ours", (url) => url.searchParams.set("state", "another")],
	["an issuer that is not ours", (url) => url.searchParams.set("iss", "https://evil.example")],
	["another provider", (url) => url.searchParams.set("linked", "github")],
];
for (const [name, forge] of forgeries) {
	test(`an answer with ${name} counts for nothing`, async () => {
		const { answer } = await linking((url) => {
			url.searchParams.set("linked", "google");
			forge(url);
		});
		expect(answer).toMatchObject({ kind: "failed" });
	});
}

test("a guest is told to sign in", async () => {
	const { session } = await aDevice();
	expect(await session.link("google")).toMatchObject({ kind: "failed", message: expect.stringContaining("Sign in") });
});
