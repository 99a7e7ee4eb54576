import type { ConformanceFault } from "../conformance-bench.ts";
import { type Answer, type Received, startReceiver } from "../test-receiver.ts";

export type ZapierPayload = Record<string, unknown>;

/**
 * Zapier's Catch Hooks as documented (zapier.md): any address of a hook's form answers 200 in the same words, whether the Zap is on,
 * off or was never there; nothing is de-duplicated; about 30 requests a second per hook, then 429 with an empty body.
 */
export type ZapierSimulator = {
	url: string;
	/** Every accepted payload in the order it came, by the hook's path. */
	payloads(path?: string): ZapierPayload[];
	fail(fault: ConformanceFault): void;
	/** The host answers this to everything: what it does for hooks of old is not documented. */
	answerWith(status: number): void;
	/** How many requests came, refused ones too. */
	requests(): number;
	stop(): Promise<void>;
};

const burst = 30;
const maxBytes = 10 * 1024 * 1024;

/** @param clock milliseconds that only go on; a test may stop them */
export async function startZapierSimulator(clock: () => number = () => performance.now()): Promise<ZapierSimulator> {
	const taken: { path: string; payload: ZapierPayload }[] = [];
	const buckets: Buckets = new Map();
	let forced: number | null = null;
	let requests = 0;
	const take = (received: Received): Answer => {
		requests += 1;
		const isHook = /^\/hooks\/(catch|standard)\/[^/]+(\/[^/]+)?(\/silent)?\/?$/.test(received.path);
		if (!isHook) return { status: 404, text: "" };
		if (forced !== null) return { status: forced, text: "" };
		if (!hasToken(buckets, received.path, clock())) return { status: 429, text: "" };
		if (received.text.length > maxBytes) return { status: 413, text: "" };
		for (const payload of payloadsIn(received.text)) taken.push({ path: received.path, payload });
		if (/\/silent\/?$/.test(received.path)) return { status: 200, text: "" };
		const [id, requestId, attempt] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()];
		return { status: 200, text: JSON.stringify({ id, request_id: requestId, attempt, status: "success" }) };
	};
	const receiver = await startReceiver(take);
	return {
		url: receiver.url,
		payloads: (path) => taken.filter((one) => path === undefined || one.path === path).map(({ payload }) => payload),
		fail: receiver.fail,
		answerWith: (status) => {
			forced = status;
		},
		requests: () => requests,
		stop: receiver.stop,
	};
}

/** An array starts one Zap per element. */
function payloadsIn(text: string): ZapierPayload[] {
	const body: unknown = text === "" ? {} : JSON.parse(text);
	return (Array.isArray(body) ? body : [body]) as ZapierPayload[];
}

type Buckets = Map<string, { tokens: number; at: number }>;

function hasToken(buckets: Buckets, path: string, now: number): boolean {
	const { tokens, at } = buckets.get(path) ?? { tokens: burst, at: now };
	const filled = Math.min(burst, tokens + ((now - at) / 1_000) * burst);
	buckets.set(path, { tokens: Math.max(0, filled - 1), at: now });
	return filled >= 1;
}
