import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";

/** What a span belongs to, as `traceparent` says it: 32 and 16 hexadecimal digits. */
export type TraceContext = { traceId: string; spanId: string };

export type SpanKind = "internal" | "server" | "client";

/** One step of a capture's way. No attribute is captured content, an address or a person. */
export type Span = TraceContext & {
	parentSpanId: string | null;
	name: string;
	kind: SpanKind;
	/** Milliseconds since the epoch. */
	startMs: number;
	endMs: number;
	attributes: Readonly<Record<string, string | number>>;
	failed: boolean;
};

export type SpanSink = (span: Span) => void;

let installed: { sink: SpanSink; ratio: number } | undefined;
const current = new AsyncLocalStorage<readonly TraceContext[]>();

/** Nobody collects, nothing is followed: whoever asks pays one comparison. */
export function isTracing(): boolean {
	return installed !== undefined;
}

/** @param ratio the share of traces that are kept. Returns the function that ends it. */
export function collectSpans(sink: SpanSink, ratio = 1): () => void {
	const mine = { sink, ratio };
	installed = mine;
	return () => {
		if (installed === mine) installed = undefined;
	};
}

/** The same traces are kept by every process, because the id alone decides (specification, "TraceIdRatioBased"). */
export function emitSpan(span: Span): void {
	if (installed === undefined) return;
	if (Number.parseInt(span.traceId.slice(-8), 16) / 0xffff_ffff > installed.ratio) return;
	installed.sink(span);
}

export function newSpanId(): string {
	return randomBytes(8).toString("hex");
}

/**
 * The trace of one version of a record, from the gesture on. Its id is made of the record's own, so that it is known wherever the
 * record is and is stored nowhere else: the 12 bits of a UUIDv7 beside its clock give way to the version. The extension makes the same
 * (`extension/api/traceparent.ts`).
 */
export function traceOfRecord(recordId: string, version: number): TraceContext {
	const digits = recordId.replaceAll("-", "").toLowerCase();
	const traceId = `${digits.slice(0, 13)}${(version % 0x1000).toString(16).padStart(3, "0")}${digits.slice(16)}`;
	return { traceId, spanId: traceId.slice(16) };
}

const traceparentForm = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** W3C Trace Context; null for what is none. */
export function parseTraceparent(text: string | null): TraceContext | null {
	const [, traceId = "", spanId = ""] = traceparentForm.exec(text ?? "") ?? [];
	return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId } : null;
}

/** The traces that what runs now is a part of: a request to a provider carries records of many. */
export function currentTraces(): readonly TraceContext[] {
	return current.getStore() ?? [];
}

type SpanWork = { name: string; kind?: SpanKind; attributes?: Span["attributes"] };

/**
 * Runs `work` as a step of each of these traces: what it does inside are steps of this one. With nobody collecting it is `work()`.
 *
 * @throws what `work` throws, with the spans marked as failed
 */
export async function inSpans<Result>(
	parents: () => readonly TraceContext[],
	{ name, kind = "internal", attributes = {} }: SpanWork,
	work: () => Promise<Result>,
): Promise<Result> {
	if (installed === undefined) return await work();
	const startMs = now();
	const spans = parents().map(({ traceId, spanId }) => ({ traceId, spanId: newSpanId(), parentSpanId: spanId }));
	let failed = true;
	try {
		const result = await current.run(spans, work);
		failed = false;
		return result;
	} finally {
		for (const span of spans) emitSpan({ ...span, name, kind, startMs, endMs: now(), attributes, failed });
	}
}

/** Milliseconds since the epoch with fractions. */
export function now(): number {
	return performance.timeOrigin + performance.now();
}
