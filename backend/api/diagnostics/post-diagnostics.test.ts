import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { DiagnosticLog } from "../../diagnostics/diagnostic-logs.ts";
import { testClient, testDiagnostics } from "../../diagnostics/test-diagnostics.ts";
import { createLog } from "../../telemetry/log.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, makePerson, type TestPerson } from "../testing/test-person.ts";

const lines: string[] = [];
const forwarded: DiagnosticLog[] = [];
let backend: TestBackend;
let person: TestPerson;
let token: string;
beforeAll(async () => {
	const log = createLog("info", { write: (line: string) => lines.push(line) });
	backend = await startTestBackend({ deps: { log, diagnostics: (told) => forwarded.push(told) } });
	person = await makePerson(backend.url);
});
afterAll(async () => {
	await backend.close();
});
beforeEach(async () => {
	({ access_token: token } = await person.tokens());
	lines.length = 0;
	forwarded.length = 0;
});

const send = (body: unknown, headers: Record<string, string> = {}) =>
	ask(`${backend.url}/api/v1/diagnostics`, token, {
		method: "POST",
		body: typeof body === "string" ? body : JSON.stringify(body),
		headers: { "content-type": "application/json", ...headers },
	});
const told = () => lines.filter((line) => line.includes('"msg":"extension"')).map((line) => JSON.parse(line) as object);

test("OBS-3: entries go to the log and on to the collector, under the person's pseudonym, session and device", async () => {
	const answer = await send(testDiagnostics(12, 13));
	expect([answer.status, await answer.json()]).toEqual([200, {}]);
	expect(told()).toMatchObject([
		{ event: "page.drawn", ms: 12, context: "popup", client: testClient, device_id: person.deviceId },
		{ event: "page.drawn", ms: 13 },
	]);
	for (const { sender } of forwarded) expect(sender["actor_uid"]).toMatch(/^[0-9a-f]{32}$/);
	expect(forwarded.map(({ entry: { attributes } }) => attributes)).toEqual([{ ms: 12 }, { ms: 13 }]);
});

test("OBS-3: what is no diagnostics is refused whole, and told in nothing", async () => {
	const good = testDiagnostics(1);
	const wrong = [
		{ resourceLogs: [] },
		{ resourceLogs: good.resourceLogs[0] },
		testDiagnostics(...Array.from({ length: 101 }, (_, ms) => ms)),
		'{"resourceLogs": "canary',
	];
	for (const body of wrong) expect((await send(body)).status).toBe(400);
	expect((await send(`{"resourceLogs":"${"x".repeat(70_000)}"}`)).status).toBe(413);
	expect([told(), forwarded]).toEqual([[], []]);
	// What has no place in the form is dropped before anybody reads it.
	expect((await send({ ...good, page: "canary text" })).status).toBe(200);
	expect(forwarded.length).toBe(1);
	expect(lines.join("") + JSON.stringify(forwarded)).not.toContain("canary");
});

test("OBS-3: an e-mail, a name, a token, a page's text and its address in a client's entries are in no line and go nowhere", async () => {
	const canaries = [
		"ada.canary@example.test",
		"Ada Canary",
		token.slice(0, 60),
		"canary text of a page",
		"https://canary.test/?q=1",
	];
	const [resource] = testDiagnostics(1).resourceLogs;
	const attributes = canaries.map((stringValue) => ({ key: "code", value: { stringValue } }));
	const record = { timeUnixNano: "1700000000000000000", severityNumber: 17, eventName: "storage.failed" };
	const context = { key: "context", value: { stringValue: "popup" } };
	const logRecords = attributes.map((attribute) => ({ ...record, attributes: [context, attribute] }));
	const scopeLogs = [{ scope: { name: "sheaf" }, logRecords }];
	expect((await send({ resourceLogs: [{ ...resource, scopeLogs }] })).status).toBe(200);
	expect([told().length, forwarded.length]).toEqual([canaries.length, canaries.length]);
	const everything = lines.join("") + JSON.stringify(forwarded);
	for (const canary of canaries) expect(everything).not.toContain(canary);
});

test("SEC-1, OBS-3: a device in a loop is told to wait", async () => {
	const body = testDiagnostics(1);
	let answer = await send(body);
	// Twice the limit: the minute in which they are counted may end among them.
	for (let sent = 1; sent < 62 && answer.ok; sent += 1) answer = await send(body);
	expect([answer.status, await errorCode(answer)]).toEqual([429, "request/rate-limited"]);
	expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
});
