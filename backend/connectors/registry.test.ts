import { describe, expect, test } from "bun:test";
import { practiceToken } from "./airtable/simulator/practice-base.ts";
import { startAirtableSimulator } from "./airtable/simulator.ts";
import { createGuardedHttp } from "./http.ts";
import { createRegistry } from "./registry.ts";
import { testProviders } from "./test-providers.ts";

const official = "https://api.airtable.com";
const row = { containerId: "app1", tableId: "tbl1" };

describe("CON-1: the registry", () => {
	test("lists every connector under its own id, the practice base only where there is one", () => {
		const without = [...createRegistry({ ...testProviders({ airtable: official }), practice: null }).keys()];
		expect(without).toContain("airtable");
		const both = createRegistry({
			...testProviders({ airtable: official }),
			practice: { url: "http://127.0.0.1:8788" },
		});
		expect([...both.keys()]).toEqual([...without, "practice"]);
		for (const [id, connector] of both) expect(connector.manifest.id).toBe(id);
	});

	test("J5: a row is opened where its provider shows it", () => {
		const connectors = createRegistry({
			...testProviders({ airtable: official }),
			practice: { url: "http://127.0.0.1:8788/" },
		});
		expect(connectors.get("airtable")?.remoteUrl(row, "rec1")).toBe("https://airtable.com/app1/tbl1/rec1");
		expect(connectors.get("practice")?.remoteUrl(row, "rec1")).toBe("http://127.0.0.1:8788/#rec1");
		expect(connectors.get("practice")?.manifest.homeUrl).toBe("http://127.0.0.1:8788");
	});

	test("SYNC-4: a budget belongs to the base, whichever connection asks", () => {
		const scope = createRegistry({ ...testProviders({ airtable: official }), practice: null }).get("airtable")?.manifest
			.budgetScope;
		expect(scope?.({ containerId: "app1", connectionId: "a" })).toBe("airtable:app1");
		expect(scope?.({ containerId: "app1", connectionId: "b" })).toBe("airtable:app1");
	});
});

describe("J1: the practice base", () => {
	test("is connected to without an account", async () => {
		const simulator = await startAirtableSimulator({ tokens: [practiceToken] });
		const settings = { ...testProviders({ airtable: official }), practice: { url: simulator.url } };
		const http = createGuardedHttp({ allowedOrigins: [simulator.url] });
		const signal = new AbortController().signal;
		const identity = await createRegistry(settings).get("practice")?.identify({ credential: {}, http, signal });
		expect(identity).toEqual({
			kind: "ok",
			value: {
				accountId: "usrPracticeBase00",
				label: "Practice base",
				scopes: ["data.records:read", "data.records:write", "schema.bases:read", "schema.bases:write"],
				missingScopes: [],
			},
		});
		await simulator.stop();
	});
});
