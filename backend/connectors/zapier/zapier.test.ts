import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { ConnectorCall, PushRow } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import { createZapierConnector } from "./index.ts";
import { startZapierSimulator, type ZapierSimulator } from "./simulator.ts";

const target = { containerId: "zap", tableId: "requests", matchKey: ["url"], columns: [] };
const row: PushRow = {
	ref: "record-1",
	version: 2,
	cells: { url: "https://example.test/", tags: ["a", "b"], price: 3, event_id: "of the page" },
};

let simulator: ZapierSimulator;
let connector: ReturnType<typeof createZapierConnector>;
beforeEach(async () => {
	simulator = await startZapierSimulator();
	connector = createZapierConnector({ hooksUrl: simulator.url });
});
afterEach(() => simulator.stop());

const call = (address = `${simulator.url}/hooks/catch/1/abc/`): ConnectorCall => ({
	credential: { address },
	http: createGuardedHttp({ allowedOrigins: [simulator.url] }),
	signal: new AbortController().signal,
});

describe("delivering to Zapier", () => {
	test("CON-1: the payload is flat and carries its event id, which no captured field can take the place of", async () => {
		const result = await connector.push(call(), target, [row]);
		const id = result.kind === "pushed" ? result.rows[0]?.remoteId : null;
		expect(simulator.payloads("/hooks/catch/1/abc/")).toEqual([
			{
				url: "https://example.test/",
				tags: "a, b",
				price: 3,
				event_id: id,
				idempotency_key: id,
				record_id: "record-1",
				record_version: 2,
			},
		]);
	});

	test("I3: Zapier drops nothing, so a repetition starts a second Zap with the same event id", async () => {
		for (let twice = 0; twice < 2; twice += 1) await connector.push(call(), target, [row]);
		expect(simulator.payloads()).toHaveLength(2);
		expect(new Set(simulator.payloads().map((payload) => payload["event_id"])).size).toBe(1);
	});

	test("CON-1: a silent hook's empty answer is a receipt", async () => {
		const address = `${simulator.url}/hooks/catch/1/abc/silent/`;
		expect(await connector.push(call(address), target, [row])).toMatchObject({ kind: "pushed" });
	});

	test.each([404, 410])("SYNC-4: %i is believed once it was said twice", async (status) => {
		simulator.answerWith(status);
		expect(await connector.push(call(), target, [row])).toMatchObject({ kind: "reconnect" });
		expect(simulator.requests()).toBe(2);
	});

	test("SYNC-4: any other answer that is not 200 is tried again later", async () => {
		for (const status of [201, 301, 400, 500, 503]) {
			simulator.answerWith(status);
			expect(await connector.push(call(), target, [row])).toMatchObject({
				kind: "later",
				reason: "delivery/provider-error",
			});
		}
		simulator.answerWith(413);
		expect(await connector.push(call(), target, [row])).toMatchObject({ kind: "split" });
	});

	test("SYNC-4: the hook's burst limit is told as busy, for everybody who sends there", async () => {
		await simulator.stop();
		simulator = await startZapierSimulator(() => 0);
		connector = createZapierConnector({ hooksUrl: simulator.url });
		for (let version = 0; version < 30; version += 1) {
			expect(await connector.push(call(), target, [{ ...row, version }])).toMatchObject({ kind: "pushed" });
		}
		expect(await connector.push(call(), target, [row])).toMatchObject({
			kind: "later",
			reason: "delivery/provider-busy",
			afterMs: 10_000,
			countsAgainstBudget: true,
		});
		expect(simulator.payloads()).toHaveLength(30);
	});
});

describe("the address", () => {
	const hooks = createZapierConnector({ hooksUrl: "https://hooks.zapier.com" });
	const asked: string[] = [];
	const identify = (address: string) =>
		hooks.identify({
			credential: { address },
			http: async ({ url }) => {
				asked.push(url);
				return { kind: "unanswered", reason: "unreachable" };
			},
			signal: new AbortController().signal,
		});

	test.each([
		"https://hooks.zapier.com/hooks/catch/1234567/abcdefg/",
		"https://hooks.zapier.com/hooks/catch/1234567/abcdefg",
		"https://hooks.zapier.com/hooks/catch/abcdefg/",
		"https://hooks.zapier.com/hooks/catch/1234567/abcdefg/silent/",
	])("SEC-2: %s is one, and nothing is sent there", async (address) => {
		expect(await identify(address)).toMatchObject({ kind: "ok", value: { label: "Catch Hook" } });
		expect(JSON.stringify(await identify(address))).not.toContain("abcdefg");
		expect(asked).toEqual([]);
	});

	test.each([
		"http://hooks.zapier.com/hooks/catch/1/abc/",
		"https://hooks.zapier.com.example.org/hooks/catch/1/abc/",
		"https://zapier.com/hooks/catch/1/abc/",
		"https://a@hooks.zapier.com/hooks/catch/1/abc/",
		"https://hooks.zapier.com:8443/hooks/catch/1/abc/",
		"https://hooks.zapier.com/hooks/catch/",
		"https://hooks.zapier.com/hooks/catch/../../other/1/",
		"https://hooks.zapier.com/hooks/standard/1/abc/",
		"https://hooks.zapier.com/hooks/catch/1/abc/?to=elsewhere",
	])("SEC-2: %s is none", async (address) => {
		expect(await identify(address)).toMatchObject({ kind: "reconnect", reason: "connections/credential-refused" });
		expect(asked).toEqual([]);
	});
});
