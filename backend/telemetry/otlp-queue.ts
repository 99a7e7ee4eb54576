import type { GuardedHttp } from "../connectors/connector.ts";

export type CollectorSettings = {
	/** The collector's, without `/v1/…`. */
	url: string;
	headers: Readonly<Record<string, string>>;
	http: GuardedHttp;
	/** Told once in a while when the collector does not take what it is sent. */
	onError(reason: string): void;
};

/** What is told of one kind: spans or logs. `body` makes the request of a batch. */
export type Signal<Item> = { path: "/v1/traces" | "/v1/logs"; body: (batch: readonly Item[]) => object };

export type OtlpQueue<Item> = { push(item: Item): void; close(): Promise<void> };

/** A collector that is away costs what is told and no memory. */
const maxWaiting = 4_096;
const batchSize = 512;
const everyMs = 1_000;
const timeoutMs = 5_000;

/**
 * Sends what is pushed to a collector by OTLP/HTTP in JSON (OpenTelemetry protocol 1.x), every second and never awaited. Written here and
 * not taken from a package: the official exporter asks for a newer Node than this project's tooling, and this is all of it that is needed.
 */
export function createOtlpQueue<Item>(
	{ url, headers, http, onError }: CollectorSettings,
	{ path, body }: Signal<Item>,
): OtlpQueue<Item> {
	let waiting: Item[] = [];
	let sending: Promise<void> = Promise.resolve();
	const send = async () => {
		while (waiting.length > 0) {
			const json = body(waiting.splice(0, batchSize));
			const signal = AbortSignal.timeout(timeoutMs);
			const answer = await http({ method: "POST", url: url + path, headers, json, signal });
			if (answer.kind !== "answered") return onError(answer.kind);
			if (answer.status >= 300) return onError(String(answer.status));
		}
	};
	const flush = () => {
		sending = sending.then(send).catch(() => onError("failed"));
		return sending;
	};
	const timer = setInterval(() => void flush(), everyMs);
	timer.unref();
	return {
		push: (item) => {
			if (waiting.length < maxWaiting) waiting.push(item);
		},
		close: async () => {
			clearInterval(timer);
			await flush();
			waiting = [];
		},
	};
}

type Values = Readonly<Record<string, string | number | boolean>>;

/** Attributes as OTLP has them in JSON. 64 bits do not fit into a JSON number, so that the protocol takes text. */
export function otlpAttributes(values: Values): object[] {
	return Object.entries(values).map(([key, value]) => ({ key, value: otlpValue(value) }));
}

function otlpValue(value: string | number | boolean): object {
	if (typeof value === "number") return { intValue: String(Math.round(value)) };
	return typeof value === "boolean" ? { boolValue: value } : { stringValue: value };
}

/** 64 bits again. */
export function nanoseconds(ms: number): string {
	return (BigInt(Math.round(ms * 1_000)) * 1_000n).toString();
}
