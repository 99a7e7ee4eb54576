/** Counters of this process for Prometheus. Names and labels are constants of the code: no id, address or tenant is a label. */
export type Metrics = {
	count(name: CounterName, label: string): void;
	/** The text exposition format, 0.0.4. */
	text(gauges: readonly Gauge[]): string;
};

type CounterName = keyof typeof counters;
export type Gauge = { name: string; help: string; samples: readonly { labels: string; value: number }[] };

const counters = {
	sheaf_http_requests_total: { label: "status", help: "Requests answered, by class of status." },
	sheaf_refusals_total: { label: "code", help: "Requests refused or failed, by error code." },
} as const;

export const metricsContentType = "text/plain; version=0.0.4; charset=utf-8";

export function createMetrics(): Metrics {
	const counts = new Map<string, number>();
	return {
		count: (name, label) => {
			const sample = `${name}{${counters[name].label}="${label}"}`;
			counts.set(sample, (counts.get(sample) ?? 0) + 1);
		},
		text: (gauges) => {
			const lines = Object.entries(counters).flatMap(([name, { help }]) => [
				...header({ name, help, type: "counter" }),
				...[...counts]
					.filter(([sample]) => sample.startsWith(`${name}{`))
					.map(([sample, value]) => `${sample} ${value}`),
			]);
			for (const { name, help, samples } of gauges) {
				lines.push(...header({ name, help, type: "gauge" }));
				for (const { labels, value } of samples) lines.push(`${name}${labels === "" ? "" : `{${labels}}`} ${value}`);
			}
			return `${lines.join("\n")}\n`;
		},
	};
}

function header({ name, help, type }: { name: string; help: string; type: string }): string[] {
	return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
