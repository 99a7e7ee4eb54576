import type { LocalRecord } from "../../../outbox/types.ts";
import { bulkWords as words } from "../../words/bulk.ts";
import { isSelectable, type Selection } from "./use-selection.ts";

/** One box over the list for all of it that is drawn. */
export function SelectShown({ records, selection }: { records: readonly LocalRecord[]; selection: Selection }) {
	const ids = records.filter(isSelectable).map(({ id }) => id);
	if (ids.length === 0) return null;
	return (
		<label class="select-page">
			<input
				class="check"
				type="checkbox"
				checked={ids.every(selection.has)}
				onChange={(event) => selection.set(ids, event.currentTarget.checked)}
			/>
			{words.selectPage}
		</label>
	);
}
