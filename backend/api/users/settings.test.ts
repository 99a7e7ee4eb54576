import { afterAll, beforeAll, expect, test } from "bun:test";
import type { SettingsView } from "../../contract/settings.ts";
import { maxSettingsBytes } from "../../settings/user-settings.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember, makeTeam, type TestMember } from "../testing/test-member.ts";
import { ask, json } from "../testing/test-person.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

const path = "/users/me/settings";
const patch = (who: TestMember, settings: unknown, version?: number) =>
	who.send("PATCH", path, { settings, ...(version === undefined ? {} : { version }) });

test("ACC-5: settings begin empty, grow by patches, and every answer is the whole", async () => {
	const ada = await makeMember(backend.url);
	expect(await ada.send("GET", path)).toMatchObject({ status: 200, body: { version: 0, settings: {} } });
	expect((await patch(ada, { theme: "dark", popup: { rows: 8 } })).body).toEqual({
		version: 1,
		settings: { theme: "dark", popup: { rows: 8 } },
	});
	const second = await patch(ada, { theme: null, popup: { sort: "new" } });
	expect(second.body).toEqual({ version: 2, settings: { popup: { rows: 8, sort: "new" } } });
	expect((await ada.send("GET", path)).body).toEqual(second.body);
});

test("ACC-5: twenty devices that change twenty different things at once all keep their change", async () => {
	const ada = await makeMember(backend.url);
	const names = Array.from({ length: 20 }, (_, index) => `name${index}`);
	const answers = await Promise.all(names.map((name) => patch(ada, { shared: { [name]: true } })));
	expect(answers.map(({ body }) => (body as SettingsView).version).toSorted((a, b) => a - b)).toEqual(
		names.map((_, index) => index + 1),
	);
	const { settings } = (await ada.send("GET", path)).body as SettingsView;
	expect(Object.keys(settings["shared"] as object).toSorted()).toEqual(names.toSorted());
});

test("ACC-5: a patch that names a version is refused when another device was faster, and of ten one wins", async () => {
	const ada = await makeMember(backend.url);
	const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => patch(ada, { index }, 0)));
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	for (const answer of answers.filter(({ status }) => status !== 200)) {
		expect(answer).toMatchObject({
			status: 409,
			code: "settings/version-conflict",
			body: { error: { details: { version: 1 } } },
		});
	}
});

test("ACC-5: settings are a person's: the same in every workspace, for a viewer too, and nobody else's", async () => {
	const { id, viewer, owner } = await makeTeam(backend.url);
	const send = await viewer.sendIn(id);
	expect(await send("PATCH", path, { settings: { mine: 1 } })).toMatchObject({ status: 200 });
	expect((await viewer.send("GET", path)).body).toMatchObject({ settings: { mine: 1 } });
	expect((await owner.send("GET", path)).body).toEqual({ version: 0, settings: {} });
});

test("ACC-5: settings that grow beyond their size are refused, and stay as they were", async () => {
	const ada = await makeMember(backend.url);
	await patch(ada, { first: "x".repeat(maxSettingsBytes / 2) });
	const answer = await patch(ada, { second: "x".repeat(maxSettingsBytes / 2) });
	expect(answer).toMatchObject({ status: 413, code: "settings/too-large" });
	expect((await ada.send("GET", path)).body).toMatchObject({ version: 1, settings: { first: expect.any(String) } });
});

test("ACC-5: what is no object of settings is refused with a reason, and nothing of it is kept", async () => {
	const ada = await makeMember(backend.url);
	const bodies = [
		'{"settings":{"__proto__":{"stolen":1}}}',
		'{"settings":{"a":{"b":[{"__proto__":1}]}}}',
		`{"settings":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`,
		'{"settings":{"a":"\\u0000"}}',
		'{"settings":{"a":"\\ud800"}}',
		'{"settings":[]}',
		'{"settings":[1]}',
		'{"settings":null}',
		'{"settings":{},"version":-1}',
		"{}",
	];
	for (const body of bodies) {
		const headers = { "content-type": "application/json" };
		const answer = await ask(`${backend.url}/api/v1${path}`, ada.tokens.access_token, {
			method: "PATCH",
			body,
			headers,
		});
		const { error } = await json<{ error: { code: string } }>(answer);
		expect({ body: body.slice(0, 40), status: answer.status, code: error.code }).toEqual({
			body: body.slice(0, 40),
			status: 400,
			code: "request/invalid",
		});
	}
	expect(({} as { stolen?: number }).stolen).toBeUndefined();
	expect((await ada.send("GET", path)).body).toEqual({ version: 0, settings: {} });
});
