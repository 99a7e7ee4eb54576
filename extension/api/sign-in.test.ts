import "../messages/test-browser.ts";
import { beforeEach, describe, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { account, deviceId, serverUrl } from "../settings/items.ts";
import { readStoredSession } from "./session-database.ts";
import { aDevice, emptyDevice, storedSession, tokenOf } from "./test-device.ts";

beforeEach(emptyDevice);

describe("signing in", () => {
	test("ID-1: code, PKCE and proof are accepted; the account is known and the token works", async () => {
		const { server, session } = await aDevice();
		expect(await session.signIn()).toEqual({
			kind: "signed-in",
			userId: server.person?.id ?? "",
			email: "ada@example.com",
			unopened: 0,
		});
		expect(await account.getValue()).toMatchObject({
			userId: server.person?.id ?? "",
			email: "ada@example.com",
			workspaceName: "Personal",
		});
		expect(server.holder(await tokenOf(session))?.email).toBe("ada@example.com");
		const [request] = server.tokenRequests;
		expect(request?.get("client_id")).toBe("sheaf-extension");
		expect(request?.get("device_id")).toBe((await deviceId.getValue()) ?? "");
	});

	test("ID-3: the key cannot be exported, and neither it nor the refresh token is in extension storage", async () => {
		const { session } = await aDevice();
		await session.signIn();
		const { key, refreshToken } = await storedSession();
		expect(key.privateKey.extractable).toBe(false);
		expect(await crypto.subtle.exportKey("jwk", key.privateKey).catch(() => "refused")).toBe("refused");
		const kept = JSON.stringify([await fakeBrowser.storage.local.get(), await fakeBrowser.storage.session.get()]);
		expect(kept).not.toContain(refreshToken);
	});

	test("a window that is closed is a quiet end: no message, nothing kept", async () => {
		const { server, session } = await aDevice();
		server.person = null;
		expect(await session.signIn()).toEqual({ kind: "cancelled" });
		expect(await readStoredSession()).toBeUndefined();
		expect(await account.getValue()).toBeNull();
	});

	test("J2: a window whose page could not be loaded is no cancelling: it is said, with what to press", async () => {
		const { server, session } = await aDevice();
		const rejected = (message: string) => {
			server.identity.launchWebAuthFlow = () => Promise.reject(new Error(message));
			return session.signIn();
		};
		expect(await rejected("Authorization page could not be loaded.")).toMatchObject({
			kind: "failed",
			message: expect.stringContaining("try again"),
		});
		expect(await rejected("The user did not approve access.")).toEqual({ kind: "cancelled" });
	});

	test("ID-4: a window that is left open is given up after its time", async () => {
		const { server, session } = await aDevice({ signInTimeoutMs: 1 });
		server.identity.launchWebAuthFlow = () => new Promise<string>(() => undefined);
		expect(await session.signIn()).toEqual({ kind: "cancelled" });
	});

	test("the server's address changed while the window was open: nobody is signed in, and that session is ended", async () => {
		const { server, session } = await aDevice();
		server.tamper = () => void serverUrl.setValue("https://other.example");
		expect(await session.signIn()).toMatchObject({ kind: "failed", message: expect.stringContaining("address") });
		expect(await account.getValue()).toBeNull();
		expect(await readStoredSession()).toBeUndefined();
		expect(server.revoked).toHaveLength(1);
	});

	test("a second click while the window is open gets the same answer", async () => {
		const { server, session } = await aDevice();
		const [first, second] = await Promise.all([session.signIn(), session.signIn()]);
		expect(second).toEqual(first);
		expect(server.tokenRequests.length).toBe(1);
	});

	const forgeries: [string, (answer: URL) => void][] = [
		["another state", (answer) => answer.searchParams.set("state", "forged")],
		["another issuer", (answer) => answer.searchParams.set("iss", "https://evil.example")],
		["no issuer", (answer) => answer.searchParams.delete("iss")],
		["no code", (answer) => answer.searchParams.delete("code")],
		["another address", (answer) => void (answer.host = "evil.example")],
	];
	for (const [name, tamper] of forgeries) {
		test(`ID-1: an answer with ${name} is not used`, async () => {
			const { server, session } = await aDevice();
			server.tamper = tamper;
			expect(await session.signIn()).toMatchObject({ kind: "failed" });
			expect(server.tokenRequests).toEqual([]);
			expect(await account.getValue()).toBeNull();
		});
	}

	test("a code that is not ours to redeem leads to a sentence and no session", async () => {
		const { server, session } = await aDevice();
		server.tamper = (answer) => answer.searchParams.set("code", "stolen");
		expect(await session.signIn()).toMatchObject({ kind: "failed" });
		expect(await readStoredSession()).toBeUndefined();
	});

	const impostors: [string, Record<string, unknown>][] = [
		["names another issuer", { issuer: "https://evil.example" }],
		["has no PKCE", { code_challenge_methods_supported: ["plain"] }],
		["sends the token elsewhere", { token_endpoint: "https://evil.example/oauth/token" }],
		["sends the person elsewhere", { authorization_endpoint: "https://evil.example/" }],
	];
	for (const [name, metadata] of impostors) {
		test(`a server that ${name} is not signed in at`, async () => {
			const { server, session } = await aDevice();
			server.metadata = metadata;
			expect(await session.signIn()).toMatchObject({ kind: "failed" });
			expect(server.tokenRequests).toEqual([]);
		});
	}

	test("no network leads to a sentence", async () => {
		const { server, session } = await aDevice();
		server.offline = true;
		expect(await session.signIn()).toMatchObject({
			kind: "failed",
			message: expect.stringContaining("could not be reached"),
		});
	});
});
