import { afterAll, beforeEach, describe } from "bun:test";
import { ConformanceBench, type ConformanceOptions } from "./conformance-bench.ts";
import { faultCases } from "./conformance-faults.ts";
import { messageCases } from "./conformance-messages.ts";
import { refusalCases } from "./conformance-refusals.ts";
import { writeCases } from "./conformance-writes.ts";

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
			bench = new ConformanceBench(simulator, options.createConnector(simulator));
			await bench.discoverColumns();
		});
		afterAll(() => bench?.simulator.stop());
		if (options.atLeastOnce) {
			messageCases(current);
		} else {
			writeCases(current);
			refusalCases(current);
		}
		faultCases(current, options.atLeastOnce);
	});
}
