import { expect, test } from "bun:test";
import {
	collectSpans,
	currentTraces,
	inSpans,
	isTracing,
	parseTraceparent,
	type Span,
	traceOfRecord,
} from "./tracing.ts";

const record = "01890000-1234-7abc-8def-0123456789ab";

test("OBS-2: with nobody collecting, work is done as it is and its traces are not even asked for", async () => {
	expect(isTracing()).toBe(false);
	let asked = false;
	const parents = () => {
		asked = true;
		return [];
	};
	expect(await inSpans(parents, { name: "run" }, async () => currentTraces())).toEqual([]);
	expect(asked).toBe(false);
});

test("OBS-2: steps of steps are children, of every trace at once, and failures are marked", async () => {
	const spans: Span[] = [];
	const stop = collectSpans((span) => spans.push(span));
	const traces = [traceOfRecord(record, 1), traceOfRecord(record, 2)];
	const failing = inSpans(
		() => traces,
		{ name: "run" },
		async () => await inSpans(currentTraces, { name: "call" }, async () => await Promise.reject(new Error("no"))),
	);
	await expect(failing).rejects.toThrow("no");
	stop();
	const [calls, runs] = [spans.filter(({ name }) => name === "call"), spans.filter(({ name }) => name === "run")];
	expect(runs.map(({ traceId, parentSpanId }) => ({ traceId, spanId: parentSpanId }))).toEqual(traces);
	expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual(runs.map(({ spanId }) => spanId));
	expect(spans.every(({ failed }) => failed)).toBe(true);
	expect(isTracing()).toBe(false);
});

test("OBS-2: a record's trace is made of its id and version, a share of them is kept whole", async () => {
	expect(traceOfRecord(record, 1).traceId).toBe("01890000123470018def0123456789ab");
	expect(traceOfRecord(record, 4_097)).toEqual(traceOfRecord(record, 1));
	const kept: Span[] = [];
	const stop = collectSpans((span) => kept.push(span), 0);
	await inSpans(
		() => [traceOfRecord(record, 1)],
		{ name: "run" },
		async () => undefined,
	);
	stop();
	expect(kept).toEqual([]);
});

test("OBS-2: only a traceparent of the specification's form is joined", () => {
	const [trace, span] = ["a".repeat(32), "b".repeat(16)];
	expect(parseTraceparent(`00-${trace}-${span}-01`)).toEqual({ traceId: trace, spanId: span });
	for (const wrong of [
		null,
		"",
		`00-${trace}-${span}`,
		`00-${"0".repeat(32)}-${span}-01`,
		`00-${trace}-${"0".repeat(16)}-01`,
		`00-${trace}-${span}-01, x`,
	]) {
		expect(parseTraceparent(wrong)).toBeNull();
	}
});
