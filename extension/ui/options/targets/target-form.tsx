import { useId } from "preact/hooks";
import type { Table } from "../../../../backend/contract/connections.ts";
import { targetWords as words } from "../../words/targets.ts";
import { useWorld } from "../context.ts";
import { matchableColumns, maxMatchColumns, toggleMatch } from "./mapping-editor.ts";
import { MappingTable } from "./mapping-table.tsx";
import { maxNameLength, type TargetDraft } from "./target-draft.ts";

type TargetFormProps = { draft: TargetDraft; table: Table; onChange: (draft: TargetDraft) => void };

/** What can be set about a target once its table is known. */
export function TargetForm({ draft, table, onChange }: TargetFormProps) {
	const name = useId();
	const { records } = useWorld();
	return (
		<>
			<section class="form-part">
				<h2>{words.mapping}</h2>
				<p class="muted">{records.recent.length > 0 ? words.mappingNote : words.mappingNoteEmpty}</p>
				<MappingTable
					mapping={draft.mapping}
					columns={table.fields}
					onChange={(mapping) => onChange({ ...draft, mapping })}
				/>
			</section>
			<MatchKey draft={draft} table={table} onChange={onChange} />
			<section class="form-part form-pair">
				<div class="form-line">
					<label for={name}>
						<h2>{words.name}</h2>
					</label>
					<input
						id={name}
						class="input"
						type="text"
						maxLength={maxNameLength}
						value={draft.name}
						onInput={(event) => onChange({ ...draft, name: event.currentTarget.value })}
					/>
				</div>
				<When draft={draft} onChange={onChange} />
			</section>
		</>
	);
}

function MatchKey({ draft, table, onChange }: TargetFormProps) {
	const columns = matchableColumns(draft.mapping, table.fields);
	const full = draft.mapping.matchKey.length >= maxMatchColumns;
	return (
		<section class="form-part">
			<fieldset>
				<legend>
					<h2>{words.match}</h2>
				</legend>
				<p class="muted">{columns.length > 0 ? words.matchNote : words.noMatchable}</p>
				<div class="choices">
					{columns.map((column) => {
						const chosen = draft.mapping.matchKey.includes(column.id);
						return (
							<label class="choice" key={column.id}>
								<input
									class="check"
									type="checkbox"
									checked={chosen}
									disabled={!chosen && full}
									onChange={() => onChange({ ...draft, mapping: toggleMatch(draft.mapping, column.id) })}
								/>
								{column.name}
							</label>
						);
					})}
				</div>
			</fieldset>
		</section>
	);
}

function When({ draft, onChange }: Pick<TargetFormProps, "draft" | "onChange">) {
	const choices = [
		{ frequency: "on_capture", label: words.onCapture },
		{ frequency: "manual", label: words.onDemand },
	] as const;
	return (
		<fieldset class="form-line">
			<legend>
				<h2>{words.when}</h2>
			</legend>
			{choices.map(({ frequency, label }) => (
				<label class="choice" key={frequency}>
					<input
						class="check"
						type="radio"
						name="when"
						checked={draft.frequency === frequency}
						onChange={() => onChange({ ...draft, frequency })}
					/>
					{label}
				</label>
			))}
		</fieldset>
	);
}
