import { describeConformance } from "../conformance.ts";
import { makeSigningSecret } from "../sign-message.ts";
import { createWebhookConnector } from "./index.ts";
import { startWebhookSimulator } from "./simulator.ts";

describeConformance({
	name: "Webhook",
	atLeastOnce: true,
	createSimulator: async () => {
		const secret = makeSigningSecret();
		const simulator = await startWebhookSimulator(secret);
		return {
			url: simulator.url,
			credential: { address: `${simulator.url}/sheaf`, secret },
			table: {
				containerId: "requests",
				tableId: "requests",
				columns: {
					key: "title",
					text: "author",
					long: "description",
					number: "rating",
					day: "deadline",
					instant: "published",
					choice: "category",
				},
			},
			rows: () => simulator.kept().map(({ data }) => data["fields"] as Record<string, unknown>),
			fail: simulator.fail,
			revokeCredential: () => simulator.changeSecret(makeSigningSecret()),
			plant: notAsked,
			withdrawPermission: notAsked,
			removeColumn: notAsked,
			stop: simulator.stop,
		};
	},
	createConnector: () => createWebhookConnector(),
});

function notAsked(): never {
	throw new Error("A receiver of messages has no tables.");
}
