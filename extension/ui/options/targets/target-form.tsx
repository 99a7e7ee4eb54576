import { useId } from "preact/hooks";
import type { Table } from "../../../../backend/contract/connections.ts";
import { targetWords as words } from "../../words/targets.ts";
import { useWorld } from "../context.ts";
import { matchableColumns, maxMatchColumns, toggleMatch } from "./mapping-editor.ts";
import { MappingTable } from "./mapping-table.tsx";
import { ruledColumns } from "./policy-editor.ts";
import { PolicyFields } from "./policy-fields.tsx";
import { maxNameLength, type TargetDraft } from "./target-draft.ts";
import { WhenFields } from "./when-fields.tsx";

type TargetFormProps = {
	draft: TargetDraft;
	table: Table;
	/** The id of the connection's provider: what it can do decides what is offered. */
	providerId: string;
	onChange: (draft: TargetDraft) => void;
};

/** What can be set about a target once its table is known. */
export function TargetForm({ draft, table, providerId, onChange }: TargetFormProps) {
	const name = useId();
	const { records, catalog } = useWorld();
	const providers = catalog.state === "ready" ? catalog.value.providers : [];
	const provider = providers.find(({ id }) => id === providerId) ?? null;
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
			<PolicyFields
				policies={draft.policies}
				columns={ruledColumns(draft.mapping, table.fields)}
				unreadable={provider === null || provider.can.read ? null : provider.title}
				onChange={(policies) => onChange({ ...draft, policies })}
			/>
			<WhenFields rhythm={draft.rhythm} onChange={(rhythm) => onChange({ ...draft, rhythm })} />
			<section class="form-part">
				<label for={name}>
					<h2>{words.name}</h2>
				</label>
				<input
					id={name}
					class="input target-name"
					type="text"
					maxLength={maxNameLength}
					value={draft.name}
					onInput={(event) => onChange({ ...draft, name: event.currentTarget.value })}
				/>
			</section>
		</>
	);
}

function MatchKey({ draft, table, onChange }: Omit<TargetFormProps, "providerId">) {
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
