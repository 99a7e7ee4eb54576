import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startTestBackend, type TestBackend } from "../../api/testing/test-backend.ts";
import { ask, json, makeDeviceKey, makePkce, makeProof, type Tokens } from "../../api/testing/test-person.ts";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { UserView } from "../../contract/users.ts";
import {
	chosenForm,
	type Emulated,
	emulateCommand,
	emulated,
	emulatedAddress,
	emulatedPeople,
	emulateSeed,
	emulateVariables,
	firstOfFreePorts,
	wayOf,
} from "./test-emulate.ts";
import { refreshOf, TestWindow } from "./test-window.ts";

// Servers that others wrote: what our own stand-ins take for granted and should not would show here.

const folder = mkdtempSync(join(tmpdir(), "sheaf-emulate-"));
let backend: TestBackend;
let servers: ChildProcess;

beforeAll(async () => {
	const firstPort = await firstOfFreePorts(emulated.length);
	const addresses = emulated.map((name) => emulatedAddress(firstPort, name));
	backend = await startTestBackend({
		variables: emulateVariables(firstPort),
		deps: { http: createGuardedHttp({ allowedOrigins: addresses }) },
	});
	const seed = join(folder, "seed.json");
	writeFileSync(seed, JSON.stringify(emulateSeed(backend.url)));
	const [node = "", ...options] = emulateCommand(firstPort, seed);
	servers = spawn(node, options, { stdio: "ignore" });
	await Promise.all(addresses.map(untilAnswered));
}, 60_000);
afterAll(async () => {
	servers.kill();
	rmSync(folder, { recursive: true });
	await backend.close();
});

async function untilAnswered(address: string): Promise<void> {
	for (;;) {
		const answer = await fetch(address).catch(() => null);
		if (answer) return;
		if (servers.exitCode !== null) throw new Error("emulate has ended.");
		await delay(50);
	}
}

/** A window whose person has chosen their account, and where they are sent back to. */
async function chooseAt(name: Emulated) {
	const window = await TestWindow.open({ backend, way: { id: wayOf[name] } });
	const address = await window.leave();
	const { action, fields } = chosenForm(await (await fetch(address)).text(), emulatedPeople[name]);
	const answer = await fetch(new URL(action, address), { method: "POST", body: fields, redirect: "manual" });
	return { window, back: new URL(answer.headers.get("location") ?? "") };
}

async function signInAt(name: Emulated): Promise<UserView> {
	const { window, back } = await chooseAt(name);
	const { accessToken } = await window.redeem(await window.comeBack(back));
	return await window.read<UserView>(accessToken, "/api/v1/users/me");
}

describe.each([...emulated])("%s, as the package emulate has it", (name) => {
	test("ID-2: a first sign-in makes the person, a second one finds them", async () => {
		const ada = await signInAt(name);
		expect(ada).toMatchObject({ firstName: "Ada", lastName: "Lovelace" });
		expect(await signInAt(name)).toEqual(ada);
	});

	test("ID-2: a code that was used is refused there, and here", async () => {
		const [{ window, back }, other] = [await chooseAt(name), await chooseAt(name)];
		await window.redeem(await window.comeBack(back));
		other.back.searchParams.set("code", back.searchParams.get("code") ?? "");
		const answer = await other.window.comeBack(other.back);
		expect(answer.status).toBe(200);
		expect(refreshOf(answer)).toBeNull();
		expect(await answer.text()).toContain("was not accepted");
	});
});

test("ID-4: an ID token that a client got from Google by itself opens a session, as Google's person", async () => {
	const at = backend.deps.env.identity.google;
	if (at === null) throw new Error("Google is not offered.");
	const metadata = await fetch(`${at.url}/.well-known/openid-configuration`);
	const endpoints = await json<{ authorization_endpoint: string; token_endpoint: string }>(metadata);
	const pkce = makePkce();
	const redirect = { client_id: at.clientId, redirect_uri: `${backend.url}/oauth/callback/google` };
	const asked = { ...redirect, response_type: "code", scope: "openid email profile", state: "a state" };
	const query = new URLSearchParams({ ...asked, code_challenge: pkce.challenge, code_challenge_method: "S256" });
	const address = `${endpoints.authorization_endpoint}?${query.toString()}`;
	const { action, fields } = chosenForm(await (await fetch(address)).text(), emulatedPeople.google);
	const chosen = await fetch(new URL(action, address), { method: "POST", body: fields, redirect: "manual" });
	const code = new URL(chosen.headers.get("location") ?? "").searchParams.get("code") ?? "";
	const grant = {
		grant_type: "authorization_code",
		code,
		code_verifier: pkce.verifier,
		client_secret: at.clientSecret,
	};
	const redeemed = await fetch(endpoints.token_endpoint, {
		method: "POST",
		body: new URLSearchParams({ ...redirect, ...grant }),
	});
	const { id_token: token } = await json<{ id_token: string }>(redeemed);
	const url = `${backend.url}/api/v1/auth/exchange/google`;
	const headers = { "content-type": "application/json", dpop: await makeProof(await makeDeviceKey(), url) };
	const answer = await fetch(url, { method: "POST", body: JSON.stringify({ token }), headers });
	const { access_token: access } = await json<Tokens>(answer);
	const me = await json<UserView>(await ask(`${backend.url}/api/v1/users/me`, access));
	expect(me).toEqual(await signInAt("google"));
});
