import { afterAll, beforeEach, describe } from "bun:test";
import { ConformanceBench, type ConformanceOptions, type ConformanceSimulator } from "./conformance-bench.ts";
import { faultCases } from "./conformance-faults.ts";
import { lastingCases } from "./conformance-lasting.ts";
import { messageCases } from "./conformance-messages.ts";
import { readCases } from "./conformance-reads.ts";
import { refusalCases } from "./conformance-refusals.ts";
import { watchCases } from "./conformance-watch.ts";
import { writeCases } from "./conformance-writes.ts";

const nowhere: ConformanceSimulator = {
	url: "https://nowhere.invalid",
	credential: {},
	table: {
		containerId: "",
		tableId: "",
		columns: { key: "", text: "", long: "", number: "", day: "", instant: "", choice: "" },
	},
	rows: () => [],
	plant: () => undefined,
	fail: () => undefined,
	revokeCredential: () => undefined,
	withdrawPermission: () => undefined,
	removeColumn: () => undefined,
	stop: async () => undefined,
};

/**
 * The suite every connector passes against its simulator; called from the connector's own `conformance.test.ts`.
 * Each case has a simulator of its own.
 */
export function describeConformance(options: ConformanceOptions): void {
	describe(`CON-1: ${options.name} is a connector`, () => {
		let bench: ConformanceBench | undefined;
		const current = (): ConformanceBench => {
			if (bench === undefined) throw new Error("The simulator has not started.");
			return bench;
		};
		beforeEach(async () => {
			await bench?.simulator.stop();
			const simulator = await options.createSimulator();
			bench = new ConformanceBench(simulator, options.createConnector);
			await bench.discoverColumns();
		});
		afterAll(() => bench?.simulator.stop());
		if (options.atLeastOnce) {
			messageCases(current, options);
		} else {
			// Made only to ask what it can do: it has nothing to talk to.
			const able = options.createConnector(nowhere, 1);
			writeCases(current, options);
			readCases(current, able, options);
			refusalCases(current, options);
			lastingCases(current, able, options);
			const { watched } = options;
			if (able.watch !== undefined && watched === undefined) throw new Error("A watch has to be shown to work.");
			if (watched !== undefined) watchCases(watched);
		}
		faultCases(current, options);
	});
}
