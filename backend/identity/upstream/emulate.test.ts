import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startTestBackend, type TestBackend } from "../../api/testing/test-backend.ts";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { UserView } from "../../contract/users.ts";
import {
	chosenForm,
	type Emulated,
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

const program = join(import.meta.dir, "../../../node_modules/.bin/emulate");
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
	const options = ["--service", emulated.join(","), "--port", String(firstPort), "--seed", seed];
	servers = spawn(program, ["start", ...options], { stdio: "ignore" });
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
