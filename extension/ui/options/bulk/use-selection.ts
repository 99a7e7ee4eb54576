import { useEffect, useState } from "preact/hooks";
import type { BulkFilter, BulkSelection } from "../../../../backend/contract/bulk.ts";
import type { LocalRecord, RecordState } from "../../../outbox/types.ts";
import { useWorld } from "../context.ts";
import type { RecordFilter } from "../route.ts";

/** What each list of the page is at the server. */
const filters: Readonly<Record<RecordFilter, BulkFilter>> = {
	all: {},
	waiting: { status: "stored" },
	needs_you: { status: "needs_you" },
};

/** `POST /api/v1/bulk` takes this many ids. */
const maxIds = 1_000;

export type Selection = {
	has(id: string): boolean;
	set(ids: readonly string[], selected: boolean): void;
	/** How many are selected one by one. */
	count: number;
	/** All that match in the workspace are selected, also those of other devices. */
	everything: boolean;
	/** How many match in the workspace; null while it is not known. */
	matching: number | null;
	selectEverything(): void;
	clear(): void;
	/** As the server takes it; null: nothing is selected. */
	asked(): BulkSelection | null;
};

/**
 * Which records are ticked. What leaves the list leaves the selection; another list begins with none.
 * @param filter null: a list that the server does not know, of which only what is ticked one by one can be selected
 */
export function useSelection(filter: RecordFilter | null, shown: readonly LocalRecord[]): Selection {
	const { client } = useWorld();
	const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
	const [everything, setEverything] = useState(false);
	const [matching, setMatching] = useState<number | null>(null);
	const ids = shown
		.filter(({ id }) => ticked.has(id))
		.map(({ id }) => id)
		.slice(0, maxIds);
	const clear = () => {
		setTicked(new Set());
		setEverything(false);
	};
	useEffect(clear, [filter]);
	const any = ids.length > 0;
	useEffect(() => {
		setMatching(null);
		if (!any || filter === null) return setEverything(false);
		let left = false;
		client.previewBulk({ kind: "delete", selection: { filter: filters[filter] } }).then(
			({ total }) => left || setMatching(total),
			// Without a count, all that match are not offered.
			() => undefined,
		);
		return () => {
			left = true;
		};
	}, [any, filter]);
	return {
		has: (id) => everything || ticked.has(id),
		set: (changed, selected) => {
			setEverything(false);
			const next = new Set(ticked);
			for (const id of changed) {
				if (selected) next.add(id);
				else next.delete(id);
			}
			setTicked(next);
		},
		count: ids.length,
		everything,
		matching,
		selectEverything: () => setEverything(true),
		clear,
		asked: () => (everything && filter !== null ? { filter: filters[filter] } : any ? { ids } : null),
	};
}

const withServer: ReadonlySet<RecordState> = new Set(["stored", "delivering", "delivered"]);

/** What the server does not have yet is this device's alone: nothing can be done with it there. */
export function isSelectable({ state, problem }: LocalRecord): boolean {
	if (state !== "needs_you") return withServer.has(state);
	return problem !== null && !problem.code.startsWith("writes/") && !problem.code.startsWith("client/");
}
