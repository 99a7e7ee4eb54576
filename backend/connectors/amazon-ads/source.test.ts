import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { agencyId, connectorAt, listPage, openScene, sceneToken, shopId } from "./test-scene.ts";

let scene: Awaited<ReturnType<typeof openScene>>;
beforeEach(async () => {
	scene = await openScene();
});
afterEach(() => scene.simulator.stop());

const inShop = (tableId: string) => ({ containerId: "", tableId, profileId: shopId });
const inAgency = (tableId: string) => ({ containerId: "dsp", tableId, profileId: agencyId });

/** Every row of a table over its pages, and how many pages there were. */
async function all(place: ReturnType<typeof inShop>, limit = 100) {
	const rows: string[] = [];
	let [cursor, pages]: [string | null, number] = [null, 0];
	do {
		const page = await listPage(scene, place, { cursor, limit });
		if (page.kind !== "ok") throw new Error(page.message);
		rows.push(...page.value.rows.map(({ externalId }) => externalId));
		cursor = page.value.cursor;
		pages += 1;
	} while (cursor !== null);
	return { rows, pages };
}

describe("CON-2: what Amazon Ads has", () => {
	test("tables are of the three sponsored products, and of DSP where the server is let at it", async () => {
		const found = await scene.connector.discover(scene.call());
		const names = found.kind === "ok" ? found.value.map(({ id }) => id) : [];
		const sponsored = ["sp-campaigns", "sp-ad-groups", "sp-campaigns-daily", "sb-campaigns", "sd-campaigns"];
		expect(names).toEqual([...sponsored, "dsp-advertisers", "dsp-orders"]);
		const without = await connectorAt(scene.simulator.url, { dsp: false }).discover(scene.call());
		expect(without.kind === "ok" && without.value.map(({ id }) => id)).toEqual(sponsored);
		expect(found.kind === "ok" && found.value.every(({ fields }) => fields.every(({ writable }) => !writable))).toBe(
			true,
		);
	});

	test("ad groups and campaigns of Sponsored Brands come by token, and the total with the first page", async () => {
		const { world } = scene.simulator;
		const adGroups = Array.from({ length: 5 }, (_, index) => ({ adGroupId: `${index + 1}`, name: `G${index}` }));
		world.entities(shopId, "spAdGroups").push(...adGroups);
		world.entities(shopId, "sbCampaigns").push({ campaignId: "7", name: "B", budget: 12.5, state: "PAUSED" });
		expect(await all(inShop("sp-ad-groups"), 2)).toEqual({ rows: ["1", "2", "3", "4", "5"], pages: 3 });
		const brands = await listPage(scene, inShop("sb-campaigns"));
		expect(brands).toMatchObject({
			value: {
				rows: [{ externalId: "7", fields: { budget: { type: "number", value: 12.5 }, state: { value: "PAUSED" } } }],
				cursor: null,
				total: { count: 1, exact: true },
			},
		});
	});

	test("a state that is asked for is asked of Amazon, and the token keeps to it", async () => {
		const states = ["ENABLED", "PAUSED", "ENABLED", "ARCHIVED", "ENABLED"];
		const campaigns = states.map((state, index) => ({ campaignId: `${index + 1}`, name: "C", state }));
		scene.simulator.world.entities(shopId, "spCampaigns").push(...campaigns);
		const filter = [{ column: "state", op: "is" as const, value: "enabled" }];
		const first = await listPage(scene, inShop("sp-campaigns"), { filter, limit: 2 });
		const cursor = first.kind === "ok" ? first.value.cursor : null;
		const second = await listPage(scene, inShop("sp-campaigns"), { filter, limit: 2, cursor });
		expect(second).toMatchObject({ value: { rows: [{ externalId: "5" }], cursor: null } });
	});

	test("Sponsored Display counts on from a number; its ids are numbers of any length, its days without hyphens", async () => {
		const long = "9007199254740993001";
		const campaigns = [long, "2", "3"].map((campaignId) => ({ campaignId, name: "D", startDate: "20260131" }));
		scene.simulator.world.entities(shopId, "sdCampaigns").push(...campaigns);
		expect(await all(inShop("sd-campaigns"), 2)).toEqual({ rows: [long, "2", "3"], pages: 2 });
		const page = await listPage(scene, inShop("sd-campaigns"), { limit: 1 });
		expect(page).toMatchObject({ value: { rows: [{ fields: { startDate: { type: "date", value: "2026-01-31" } } }] } });
	});

	test("orders of Amazon DSP are those of all advertisers, a hundred advertisers at a time", async () => {
		const { world } = scene.simulator;
		const advertisers = Array.from({ length: 150 }, (_, index) => ({ advertiserId: `${index + 1}`, name: "A" }));
		world.entities(agencyId, "advertisers").push(...advertisers);
		const orders = [1, 1, 100, 101, 150].map((of, index) => ({
			orderId: `o${index}`,
			advertiserId: `${of}`,
			name: "O",
		}));
		world.entities(agencyId, "orders").push(...orders);
		expect((await all(inAgency("dsp-advertisers"))).rows).toHaveLength(150);
		expect((await all(inAgency("dsp-orders"), 2)).rows).toEqual(["o0", "o1", "o2", "o3", "o4"]);
	});

	test("a seller's account has no orders, and that is told when the table is chosen", async () => {
		expect(await listPage(scene, inShop("dsp-orders"))).toMatchObject({
			kind: "refused",
			reason: "connections/not-approved",
		});
	});
});

describe("ACC-1: the account that is read", () => {
	test("one that was never chosen, or is none of this login's, is told, and nobody is asked to reconnect", async () => {
		const told = { kind: "refused", reason: "connections/profile-unknown" };
		const { profileId: _none, ...nowhere } = inShop("sp-campaigns");
		expect(await listPage(scene, nowhere)).toMatchObject(told);
		expect(await listPage(scene, { ...nowhere, profileId: "eu:404" })).toMatchObject(told);
		expect(await listPage(scene, { ...nowhere, profileId: "../v2/profiles" })).toMatchObject(told);
	});

	test("rows of one account are not another's", async () => {
		scene.simulator.world.entities(shopId, "spCampaigns").push({ campaignId: "1", name: "C" });
		expect(await listPage(scene, { ...inShop("sp-campaigns"), profileId: agencyId })).toMatchObject({
			value: { rows: [] },
		});
	});

	test("what a reply lacks is told as a passing trouble, and an entry without its id is no row", async () => {
		const campaigns = scene.simulator.world.entities(shopId, "sdCampaigns");
		campaigns.push({ name: "no id" }, { campaignId: "5", name: "one" });
		expect(await listPage(scene, inShop("sd-campaigns"))).toMatchObject({ value: { rows: [{ externalId: "5" }] } });
		const request = { method: "POST", headers: { authorization: `Bearer ${sceneToken}` } };
		const bare = await fetch(`${scene.simulator.url}/na/sp/campaigns/list`, request);
		expect(bare.status).toBe(401);
	});
});
