/** What happened, for tests to count: nothing lost, nothing double, no rate exceeded. */
export type BaseCounters = { requests: number; throttled: number; writes: number };
export type Counters = { requests: number; throttled: number; byBase: Record<string, BaseCounters> };

/** One upsert that was applied, whatever its client got to hear of it. */
export type AppliedUpsert = {
	sequence: number;
	at: string;
	baseId: string;
	tableId: string;
	mergeOn: string[];
	rows: { rowId: string; created: boolean; key: unknown[] }[];
};

export class Journal {
	#counters: Counters = { requests: 0, throttled: 0, byBase: {} };
	#upserts: AppliedUpsert[] = [];

	request(baseId: string | null): void {
		this.#counters.requests += 1;
		if (baseId !== null) this.#of(baseId).requests += 1;
	}

	throttled(baseId: string | null): void {
		this.#counters.throttled += 1;
		if (baseId !== null) this.#of(baseId).throttled += 1;
	}

	write(baseId: string): void {
		this.#of(baseId).writes += 1;
	}

	upsert(applied: Omit<AppliedUpsert, "sequence" | "at">): void {
		this.#upserts.push({ sequence: this.#upserts.length + 1, at: new Date().toISOString(), ...applied });
	}

	counters(): Counters {
		return structuredClone(this.#counters);
	}

	upserts(): AppliedUpsert[] {
		return structuredClone(this.#upserts);
	}

	reset(): void {
		this.#counters = { requests: 0, throttled: 0, byBase: {} };
		this.#upserts = [];
	}

	#of(baseId: string): BaseCounters {
		return (this.#counters.byBase[baseId] ??= { requests: 0, throttled: 0, writes: 0 });
	}
}
