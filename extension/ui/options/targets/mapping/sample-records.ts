import type { LocalRecord } from "../../../../outbox/types.ts";

/** As many as are offered to look at. */
const maxSamples = 6;

/**
 * The records a mapping is shown on: the newest of each kind, because kinds have different fields, then the next newest. Newest first.
 * @param recent newest first
 */
export function sampleRecords(recent: readonly LocalRecord[]): LocalRecord[] {
	const kinds = new Map<string, LocalRecord>();
	for (const record of recent) if (!kinds.has(record.kind)) kinds.set(record.kind, record);
	const inTurn = new Set([...kinds.values(), ...recent]);
	const chosen = new Set([...inTurn].slice(0, maxSamples));
	return recent.filter((record) => chosen.has(record));
}

/** The one that is shown first: the newest that goes to this target, else the newest of all. */
export function firstSample(samples: readonly LocalRecord[], targetId: string | null): LocalRecord | null {
	return samples.find((record) => targetId !== null && record.targetId === targetId) ?? samples[0] ?? null;
}
