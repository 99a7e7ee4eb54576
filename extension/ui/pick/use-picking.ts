import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SourceColumn, SourcePlace, SourceSchema } from "../../../backend/contract/sources.ts";
import type { Client } from "../../api/client.ts";
import { openMarkedPages } from "./marked-pages.ts";
import { countOf, type PickCount, type Picked } from "./picked.ts";
import { noPages, type RowPages } from "./row-pages.ts";
import { type Asked, useAsked } from "./use-asked.ts";

export type PickingStart = {
	client: Client;
	online: boolean;
	connectionId: string;
	place: SourcePlace;
	/** Rows that were picked into it before are marked; null: none is. */
	targetId: string | null;
	/** What is picked at first. */
	initial: Picked;
	/** Called with the column that tells rows apart, where the table has none of its own. Left out: it cannot be chosen here. */
	onKeyColumn?: (columnId: string) => void;
};

/** A table being picked from: its columns, its rows so far, and what is picked of them. */
export type Picking = {
	connectionId: string;
	online: boolean;
	schema: Asked<SourceSchema>;
	onKeyColumn: ((columnId: string) => void) | null;
	/** The columns that travel, in the table's order. */
	columns: readonly SourceColumn[];
	pages: RowPages;
	/** `pages` are of the question before: the answer to this one is on its way. */
	isStale: boolean;
	picked: Picked;
	count: PickCount;
	change: (part: Partial<Picked>) => void;
	more: () => void;
	/** Asks again for what failed. */
	again: () => void;
	/** Asks again which of the rows shown were picked before: a run has ended. */
	mark: () => void;
};

/** One page for the grid; the contract's most. */
const pageSize = 100;
/** A record has no more fields. */
const mostColumns = 100;

/** Reads a table's columns and rows, and keeps what is picked. Another connection or place wants another component (`key`). */
export function usePicking(start: PickingStart): Picking {
	const { client, online, connectionId, place } = start;
	const [picked, setPicked] = useState(start.initial);
	const { asked: schema, again: askSchema } = useAsked(JSON.stringify([connectionId, place]), (signal) =>
		client.sourceSchema(connectionId, place, signal),
	);
	const isListed = schema.state === "ready" && !schema.value.needsKey;
	const { pages, isStale, more, retry, mark } = usePages(start, isListed ? picked : null);
	const again = () => (schema.state === "failed" ? askSchema() : retry());
	useEffect(() => {
		if (online) again();
	}, [online]);
	const count = useMemo(() => {
		const ids = isStale ? [] : pages.rows.map(({ externalId }) => externalId);
		return countOf(picked, { ids, isWhole: !isStale && pages.phase === "whole", total: isStale ? null : pages.total });
	}, [picked, pages, isStale]);
	return {
		connectionId,
		online,
		schema,
		onKeyColumn: start.onKeyColumn ?? null,
		columns: schema.state === "ready" ? travelling(schema.value.columns, picked.columns) : [],
		pages,
		isStale,
		picked,
		count,
		change: (part) => setPicked((before) => ({ ...before, ...part })),
		more,
		again,
		mark,
	};
}

/** Those named that are there still, or the first hundred: as a run takes them. */
function travelling(columns: readonly SourceColumn[], ids: readonly string[] | null): SourceColumn[] {
	return columns.filter(({ id }) => ids === null || ids.includes(id)).slice(0, mostColumns);
}

/** The rows of what is asked for; those of the question before stay until the first answer is there. `picked` null: nothing is asked. */
function usePages({ client, connectionId, place, targetId }: PickingStart, picked: Picked | null) {
	const { filter = [], search = null } = picked ?? {};
	const key = picked === null ? null : JSON.stringify([filter, search, targetId]);
	const [shown, setShown] = useState<{ key: string | null; pages: RowPages }>({ key: null, pages: noPages });
	const open = useRef<ReturnType<typeof openMarkedPages> | null>(null);
	useEffect(() => {
		if (key === null) return;
		const asking = { place, filter, limit: pageSize, ...(search && { search }), ...(targetId && { targetId }) };
		const opened = openMarkedPages({
			ask: (cursor, signal) => client.sourceRows(connectionId, { ...asking, ...(cursor && { cursor }) }, signal),
			// Until there is an answer, the rows of the question before are better than none.
			tell: (pages) =>
				setShown((before) => (pages.phase === "loading" && before.key !== key ? before : { key, pages })),
			later: (ms, act) => {
				const timer = setTimeout(act, ms);
				return () => clearTimeout(timer);
			},
		});
		open.current = opened;
		return opened.close;
	}, [key]);
	const more = () => open.current?.more();
	const retry = () => open.current?.retry();
	const mark = () => open.current?.mark();
	return { pages: shown.pages, isStale: shown.key !== key, more, retry, mark };
}
