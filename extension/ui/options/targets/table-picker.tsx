import { useState } from "preact/hooks";
import type { Table } from "../../../../backend/contract/connections.ts";
import { targetWords as words } from "../../words/targets.ts";
import { groupTables, tableKey } from "./choose-table.ts";

/** Fewer than this are seen at a glance and need no search. */
const searchFrom = 7;

type TablePickerProps = { tables: readonly Table[]; chosen: Table | null; onChoose: (table: Table) => void };

/** The tables a connection can reach, under the base they live in. */
export function TablePicker({ tables, chosen, onChoose }: TablePickerProps) {
	const [search, setSearch] = useState("");
	const groups = groupTables(tables, search);
	return (
		<div class="card picker">
			{tables.length >= searchFrom && (
				<input
					class="input"
					type="search"
					aria-label={words.search}
					placeholder={words.search}
					value={search}
					onInput={(event) => setSearch(event.currentTarget.value)}
				/>
			)}
			<div class="picker-list" role="radiogroup" aria-label={words.table}>
				{groups.map((group) => (
					<div key={group.containerId} role="group" aria-label={group.containerName}>
						<h3 class="picker-group muted">{group.containerName}</h3>
						{group.tables.map((table) => (
							<label class="picker-table" key={tableKey(table)}>
								<input
									class="check"
									type="radio"
									name="table"
									checked={chosen !== null && tableKey(chosen) === tableKey(table)}
									onChange={() => onChoose(table)}
								/>
								<span class="clip">{table.name}</span>
								<span class="muted">{words.columnCount(table.fields.length)}</span>
							</label>
						))}
					</div>
				))}
				{groups.length === 0 && <p class="muted picker-none">{words.noTable(search)}</p>}
			</div>
		</div>
	);
}
