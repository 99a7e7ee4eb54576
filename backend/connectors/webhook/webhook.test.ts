import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { ErrorCode } from "../../contract/errors.ts";
import type { ConnectorCall, PushRow } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import { makeSigningSecret } from "../sign-message.ts";
import { createWebhookConnector } from "./index.ts";
import { startWebhookSimulator, type WebhookSimulator } from "./simulator.ts";

const connector = createWebhookConnector();
const target = { containerId: "requests", tableId: "requests", matchKey: ["url"], columns: [] };
const row: PushRow = { ref: "record-1", version: 3, cells: { url: "https://example.test/", tags: ["a", "b"] } };

let secret: string;
let simulator: WebhookSimulator;
beforeEach(async () => {
	secret = makeSigningSecret();
	simulator = await startWebhookSimulator(secret);
});
afterEach(() => simulator.stop());

const call = (credential: Record<string, string> = {}): ConnectorCall => ({
	credential: { address: `${simulator.url}/sheaf?key=1`, secret, ...credential },
	http: createGuardedHttp({ allowedOrigins: [simulator.url], timeoutMs: 5_000 }),
	signal: new AbortController().signal,
});

describe("sending", () => {
	test("CON-1: a message says which record in which version, with its fields by name, signed", async () => {
		const result = await connector.push(call(), target, [row]);
		const [message] = simulator.arrived;
		expect(message).toMatchObject({
			type: "record.sent",
			data: { recordId: "record-1", version: 3, fields: row.cells },
		});
		expect(result).toEqual({
			kind: "pushed",
			rows: [{ ref: "record-1", remoteId: message?.id ?? "", created: true }],
		});
	});

	test("I3: the order in which columns stand does not change a message's id", async () => {
		const { tags, url } = row.cells;
		await connector.push(call(), target, [row]);
		await connector.push(call(), target, [{ ...row, cells: { tags, url } }]);
		expect(new Set(simulator.arrived.map(({ id }) => id)).size).toBe(1);
	});

	const answers: readonly [status: number, kind: string, reason: ErrorCode][] = [
		[400, "split", "delivery/value-refused"],
		[401, "reconnect", "delivery/credential-refused"],
		[404, "reconnect", "delivery/table-missing"],
		[408, "later", "delivery/provider-error"],
		[410, "reconnect", "delivery/table-missing"],
		[413, "split", "delivery/record-too-large"],
		[422, "split", "delivery/value-refused"],
		[302, "reconnect", "delivery/table-missing"],
		[503, "later", "delivery/provider-error"],
	];
	test.each(answers)("SYNC-4: %i is told as %s with %s", async (status, kind, reason) => {
		simulator.answerWith(status);
		const result = await connector.push(call(), target, [row]);
		expect(result).toMatchObject({ kind, reason });
		if (result.kind !== "pushed") expect(result.message).toMatch(/^[A-Z].*\.$/);
	});

	test("SYNC-4: every 2xx is a receipt", async () => {
		for (const status of [200, 201, 202, 204]) {
			simulator.answerWith(status);
			expect(await connector.push(call(), target, [row])).toMatchObject({ kind: "pushed" });
		}
	});
});

describe("connecting", () => {
	test("ACC-1: whoever connects is told where it goes, without what may be a key, and nothing is sent there", async () => {
		const identity = await connector.identify(call());
		expect(identity).toMatchObject({ kind: "ok", value: { label: `${new URL(simulator.url).host}/sheaf` } });
		expect(simulator.arrived).toEqual([]);
	});

	test("SEC-2: an address that is not on the public internet is refused when it is saved and when it is sent to", async () => {
		const guarded = { ...call(), http: createGuardedHttp({}) };
		for (const address of ["https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/", "http://example.org/"]) {
			const own = { ...guarded, credential: { address, secret } };
			expect(await connector.identify(own)).toMatchObject({ kind: "refused", reason: "connections/address-refused" });
			expect(await connector.push(own, target, [row])).toMatchObject({ kind: "later" });
		}
		expect(simulator.arrived).toEqual([]);
	});

	test("SEC-2: an address where nobody answers is refused when it is saved", async () => {
		const own = call();
		await simulator.stop();
		expect(await connector.identify(own)).toMatchObject({ kind: "refused", reason: "connections/address-refused" });
	});

	test.each(["whsec_", "whsec_c2hvcnQ=", "secret", makeSigningSecret().slice(6)])(
		"ACC-1: %j is no signing secret",
		async (odd) => {
			expect(await connector.identify(call({ secret: odd }))).toMatchObject({ kind: "reconnect" });
		},
	);

	test("CON-2: a further field is there once it is named", async () => {
		const columns = [{ name: " Seats ", type: "number" as const }];
		expect(await connector.createColumns?.(call(), target, columns)).toMatchObject({
			kind: "ok",
			value: [{ id: "Seats", name: "Seats", providerType: "any", writable: true }],
		});
		expect(await connector.createColumns?.(call(), target, [{ name: " ", type: "text" }])).toMatchObject({
			kind: "refused",
			reason: "targets/column-refused",
		});
	});
});
