import { describeSource } from "../conformance-source.ts";
import { connectorAt, openScene, sceneToken, shopId } from "./test-scene.ts";

/** Every fault and every condition of the suite is tried on campaigns; the other tables have their own ways of paging (`source.test.ts`). */
describeSource({
	name: "Amazon Ads",
	createSimulator: async () => {
		const { simulator } = await openScene();
		const { world } = simulator;
		const campaigns = world.entities(shopId, "spCampaigns");
		let last = 1_000_000;
		return {
			url: simulator.url,
			credential: { token: sceneToken },
			place: { containerId: "sponsored-products", tableId: "sp-campaigns", profileId: shopId },
			columns: { key: "name", text: "targetingType", number: "budget.budget", day: "startDate" },
			plant: (rows) => {
				for (const { key, text, number, day } of rows) {
					last += 1;
					campaigns.push({
						campaignId: String(last),
						name: key,
						state: "ENABLED",
						...(text === undefined ? {} : { targetingType: text }),
						...(number === undefined ? {} : { budget: { budget: number, budgetType: "DAILY" } }),
						...(day === undefined ? {} : { startDate: day }),
					});
				}
			},
			remove: (key) => {
				const index = campaigns.findIndex(({ name }) => name === key);
				if (index >= 0) campaigns.splice(index, 1);
			},
			fail: (fault) => simulator.fail(fault),
			revokeCredential: () => world.login.forget(sceneToken),
			removeTable: () => void world.gone.add("/sp/campaigns/list"),
			stop: () => simulator.stop(),
		};
	},
	createConnector: ({ url }) => connectorAt(url),
});
