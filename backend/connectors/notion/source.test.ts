import { expect, test } from "bun:test";
import { describeSource } from "../conformance-source.ts";
import { SourceBench, type SourceConformanceOptions, type SourceSimulator } from "../conformance-source-bench.ts";
import { createNotionConnector } from "./index.ts";
import type { SimulatorControl } from "./simulator/control.ts";
import { startNotionSimulator } from "./simulator.ts";
import { effectOf } from "./test-effects.ts";

const place = { containerId: "dddddddd-0000-4000-8000-000000000001", tableId: "dddddddd-0000-4000-8000-000000000002" };
const token = "ntn_source";
const columns = { key: "title", text: "txt1", number: "num1", day: "day1" };

const minuteOf = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, Math.floor(minute))).toISOString();

async function createControlled(): Promise<SourceSimulator & { control: SimulatorControl }> {
	const properties = [
		{ id: columns.key, name: "Key", type: "title" },
		{ id: columns.text, name: "Text", type: "rich_text" },
		{ id: columns.number, name: "Number", type: "number" },
		{ id: columns.day, name: "Day", type: "date" },
	];
	const databases = [
		{ id: place.containerId, name: "Source", dataSources: [{ id: place.tableId, name: "Rows", properties }] },
	];
	const { url, control, stop } = await startNotionSimulator({ databases, tokens: [{ token }] });
	control.set({ requestsPerMinute: null });
	let made = 0;
	const runs = (content: string) => [{ text: { content } }];
	return {
		url,
		control,
		credential: { token },
		place,
		columns,
		plant: (rows) => {
			for (const { key, text, number, day } of rows) {
				const page = control.addRow(place.tableId, {
					Key: { title: runs(key) },
					...(text === undefined ? {} : { Text: { rich_text: runs(text) } }),
					...(number === undefined ? {} : { Number: { number } }),
					...(day === undefined ? {} : { Day: { date: { start: day } } }),
				});
				page.createdTime = minuteOf(made / 4);
				made += 1;
			}
		},
		remove: (key) => {
			const page = control
				.pages(place.tableId)
				.find(({ values }) => JSON.stringify(values["title"]).includes(`"${key}"`));
			if (page !== undefined) control.editRow(page.id, {}, true);
		},
		fail: (fault) => void control.plan({ path: "/query", effect: effectOf(fault) }),
		revokeCredential: () => control.revoke(),
		removeTable: () => void Object.assign(control.dataSource(place.tableId), { id: "gone" }),
		stop,
	};
}

const options: SourceConformanceOptions = {
	name: "Notion",
	createSimulator: createControlled,
	createConnector: ({ url }) => createNotionConnector({ apiUrl: url, client: null, webhookSecret: null }),
};

describeSource(options);

test("CON-2: a table longer than one query gives is listed in windows, and one minute that holds too many is told", async () => {
	const simulator = await createControlled();
	const bench = new SourceBench(simulator, options);
	simulator.control.set({ queryCap: 100 });
	await simulator.plant(Array.from({ length: 250 }, (_, index) => ({ key: `row ${index}` })));
	for (const [index, page] of simulator.control.pages(place.tableId).entries()) page.createdTime = minuteOf(index / 50);
	expect(new Set(await bench.keys({ limit: 100 })).size).toBe(250);
	simulator.control.set({ queryCap: 10 });
	const first = await bench.page({ limit: 100 });
	const cursor = first.kind === "ok" ? first.value.cursor : null;
	expect(await bench.page({ cursor, limit: 100 })).toMatchObject({ kind: "refused" });
	await simulator.stop();
});
