import { useId } from "preact/hooks";
import type { SourceColumn } from "../../../backend/contract/sources.ts";
import { pickWords as words } from "../words/pick.ts";

type KeyColumnProps = {
	columns: readonly SourceColumn[];
	/** null: it cannot be chosen here. */
	onChoose: ((columnId: string) => void) | null;
};

/** Which column tells rows apart, where the table does not say it (a view). */
export function KeyColumn({ columns, onChoose }: KeyColumnProps) {
	const id = useId();
	return (
		<div class="pick-question">
			<p>{words.keyNeeded}</p>
			{onChoose !== null && (
				<>
					<label for={id}>{words.keyColumn}</label>
					<select id={id} class="input" value="" onChange={(event) => onChoose(event.currentTarget.value)}>
						<option value="" disabled>
							{words.chooseColumn}
						</option>
						{columns.map((column) => (
							<option key={column.id} value={column.id}>
								{column.name}
							</option>
						))}
					</select>
				</>
			)}
		</div>
	);
}
