import { useState } from "preact/hooks";
import type { SelectionRow, SelectionRowsQuery, SelectionView } from "../../../../backend/contract/selections.ts";
import { useWorld } from "../context.ts";
import { type Remote, useRemote } from "../use-remote.ts";

export type Rows = {
	remote: Remote<readonly SelectionRow[]>;
	reload: () => Promise<void>;
	/** Asks for the next page; null: there is none. */
	more: (() => void) | null;
};

/** Rows of a selection in one state, page after page; read anew from the first when their number changes or a run ends. */
export function useRows({ id, rows, lastRun }: SelectionView, state: NonNullable<SelectionRowsQuery["state"]>): Rows {
	const { client } = useWorld();
	const [pages, setPages] = useState(1);
	const step = `${rows[state]} ${lastRun?.id} ${lastRun?.status}`;
	const [remote, reload] = useRemote(`${id} ${state} ${step} ${pages}`, async () => {
		const found: SelectionRow[] = [];
		let cursor: string | null = null;
		for (let page = 0; page < pages && (page === 0 || cursor !== null); page += 1) {
			const next = await client.selectionRows(id, { state, ...(cursor === null ? {} : { cursor }) });
			found.push(...next.rows);
			cursor = next.nextCursor;
		}
		return { found, cursor };
	});
	const ready = remote.state === "ready";
	return {
		remote: ready ? { state: "ready", value: remote.value.found } : remote,
		reload,
		more: ready && remote.value.cursor !== null ? () => setPages(pages + 1) : null,
	};
}
