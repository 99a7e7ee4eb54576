import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../api/testing/test-backend.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { createWebhookConnector } from "../connectors/webhook/index.ts";
import { followPage, patienceMs } from "./test-page.ts";

let backend: TestBackend;
beforeAll(async () => {
	const webhook = createWebhookConnector();
	const guarded = createGuardedHttp();
	backend = await startTestBackend({
		deps: {
			connectors: new Map([[webhook.manifest.id, webhook]]),
			// Stands for the page's receiver; every other address is asked as always.
			http: async (request) =>
				request.url === "https://example.org/"
					? { kind: "answered", status: 204, headers: new Headers(), text: "" }
					: await guarded(request),
		},
	});
});
afterAll(async () => {
	await backend.close();
});

test(
	"SYNC-7: the commands for signing and checking messages print what the page says",
	async () => {
		expect(await followPage("webhooks.md", backend.url)).toBe(5);
	},
	patienceMs,
);
