import type { BulkPreview } from "../../../../backend/contract/bulk.ts";
import { bulkWords as words } from "../../words/bulk.ts";
import { useWorld } from "../context.ts";

type RowsTooProps = { preview: BulkPreview; checked: boolean; onChange: (checked: boolean) => void };

/** Whether the rows at the destination go too, and what that means. Not offered where no row can be taken back. */
export function RowsToo({ preview, checked, onChange }: RowsTooProps) {
	const titles = new Set(useWorld().settings.targets.map(({ providerTitle }) => providerTitle));
	const [only] = titles;
	const where = titles.size === 1 && only !== undefined ? only : words.yourTables;
	if (preview.withRows === 0) return null;
	if (preview.rowsStayAt.length > 0) return <p>{words.rowsStay(preview.rowsStayAt.join(", "))}</p>;
	return (
		<>
			<label class="choice">
				<input
					class="check"
					type="checkbox"
					checked={checked}
					onChange={(event) => onChange(event.currentTarget.checked)}
				/>
				{words.rowsToo(preview.withRows)}
			</label>
			{checked && <p role="status">{words.rowsLost(preview.withRows, where)}</p>}
		</>
	);
}
