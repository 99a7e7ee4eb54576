import { describeConformance } from "../conformance.ts";
import { createZapierConnector } from "./index.ts";
import { startZapierSimulator } from "./simulator.ts";

describeConformance({
	name: "Zapier",
	atLeastOnce: true,
	createSimulator: async () => {
		const simulator = await startZapierSimulator();
		return {
			url: simulator.url,
			credential: { address: `${simulator.url}/hooks/catch/1234567/abcdefg/` },
			table: {
				containerId: "zap",
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
			// As a Zap sees them that drops repetitions by their event id.
			rows: () => [...new Map(simulator.payloads().map((payload) => [payload["event_id"], payload])).values()],
			fail: simulator.fail,
			revokeCredential: () => simulator.answerWith(404),
			plant: notAsked,
			withdrawPermission: notAsked,
			removeColumn: notAsked,
			stop: simulator.stop,
		};
	},
	createConnector: ({ url }) => createZapierConnector({ hooksUrl: url }),
});

function notAsked(): never {
	throw new Error("A Zap has no tables.");
}
