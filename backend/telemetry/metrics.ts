import {
	type CounterName,
	counters,
	type GaugeName,
	gauges,
	type HistogramName,
	histograms,
	type LabelsOf,
} from "./metric-catalogue.ts";

/** The figures of this process for Prometheus. */
export type Metrics = {
	count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by?: number): void;
	/** @param seconds how long something took */
	observe<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, seconds: number): void;
	/** The value from now on. */
	set<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, value: number): void;
	/** The text exposition format, 0.0.4. Gauges read for this moment are handed in. */
	text(read?: readonly Reading[]): string;
};

/** A gauge as it was read when `/metrics` was asked for. Without samples it could not be read. */
export type Reading = { name: GaugeName; samples: readonly { labels: Record<string, string>; value: number }[] };

export const metricsContentType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Past so many series of one name, further ones are folded into one: a label that turns out not to be bounded costs its
 * detail and never the process's memory or Prometheus' (OBS-2).
 */
const maxSeries = 200;
const other = "other";

type Spread = { counts: number[]; sum: number; total: number };

export function createMetrics(): Metrics {
	const counts = new Series<{ value: number }>(() => ({ value: 0 }));
	const spreads = new Series<Spread>(() => ({ counts: [], sum: 0, total: 0 }));
	const set = new Series<{ value: number }>(() => ({ value: 0 }));
	return {
		count: (name, labels, by = 1) => {
			counts.of(name, labels).value += by;
		},
		observe: (name, labels, seconds) => {
			const spread = spreads.of(name, labels);
			spread.sum += seconds;
			spread.total += 1;
			for (const [index, bound] of histograms[name].buckets.entries()) {
				spread.counts[index] = (spread.counts[index] ?? 0) + (seconds <= bound ? 1 : 0);
			}
		},
		set: (name, labels, value) => {
			set.of(name, labels).value = value;
		},
		text: (read = []) =>
			`${[...counterLines(counts), ...histogramLines(spreads), ...gaugeLines(set, read)].join("\n")}\n`,
	};
}

/** One per process, like the process: what is counted deep inside the engine needs no way through every signature. */
export const metrics: Metrics = createMetrics();

/** Values by name and labels. */
class Series<Value> {
	readonly #byName = new Map<string, Map<string, Value>>();
	readonly #empty: () => Value;

	constructor(empty: () => Value) {
		this.#empty = empty;
	}

	of(name: string, labels: Record<string, string>): Value {
		const series = this.#byName.get(name) ?? new Map<string, Value>();
		this.#byName.set(name, series);
		const text = labelText(labels);
		const key = series.has(text) || series.size < maxSeries ? text : labelText(folded(labels));
		const value = series.get(key) ?? this.#empty();
		series.set(key, value);
		return value;
	}

	entries(name: string): [string, Value][] {
		return [...(this.#byName.get(name) ?? [])];
	}
}

function folded(labels: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.keys(labels).map((name) => [name, other]));
}

/** Backslash, quote and line feed are escaped as the format asks for. */
function labelText(labels: Record<string, string>): string {
	return Object.entries(labels)
		.map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, (sign) => (sign === "\n" ? "\\n" : `\\${sign}`))}"`)
		.join(",");
}

function counterLines(counts: Series<{ value: number }>): string[] {
	return Object.entries(counters).flatMap(([name, { help, labels }]) => {
		const samples = counts.entries(name).map(([text, { value }]) => sample(name, text, value));
		// A counter without labels is there from the start, so that its first step is seen as one.
		const zero = labels.length === 0 && samples.length === 0 ? [sample(name, "", 0)] : [];
		return [...header(name, help, "counter"), ...samples, ...zero];
	});
}

function histogramLines(spreads: Series<Spread>): string[] {
	return Object.entries(histograms).flatMap(([name, { help, buckets }]) => [
		...header(name, help, "histogram"),
		...spreads.entries(name).flatMap(([text, { counts, sum, total }]) => {
			const before = text === "" ? "" : `${text},`;
			return [
				...buckets.map((bound, index) => sample(`${name}_bucket`, `${before}le="${bound}"`, counts[index] ?? 0)),
				sample(`${name}_bucket`, `${before}le="+Inf"`, total),
				sample(`${name}_sum`, text, Number(sum.toFixed(6))),
				sample(`${name}_count`, text, total),
			];
		}),
	]);
}

function gaugeLines(set: Series<{ value: number }>, read: readonly Reading[]): string[] {
	return Object.entries(gauges).flatMap(([name, { help }]) => [
		...header(name, help, "gauge"),
		...set.entries(name).map(([text, { value }]) => sample(name, text, value)),
		...read
			.filter((reading) => reading.name === name)
			.flatMap(({ samples }) => samples.map(({ labels, value }) => sample(name, labelText(labels), value))),
	]);
}

function sample(name: string, labels: string, value: number): string {
	return `${name}${labels === "" ? "" : `{${labels}}`} ${value}`;
}

function header(name: string, help: string, type: string): string[] {
	return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
