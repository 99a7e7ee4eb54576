import { useRef } from "preact/hooks";
import type { TableField } from "../../../../backend/contract/connections.ts";
import { Button } from "../../parts/button.tsx";
import { mappingWords } from "../../words/mapping.ts";
import { targetWords as words } from "../../words/targets.ts";
import { useWorld } from "../context.ts";
import { capturableFields } from "./captured-fields.ts";
import { type MappingDraft, matchableColumns, maxMatchColumns, toggleMatch } from "./mapping/mapping-draft.ts";
import { tidied, untidied } from "./mapping/untidied.ts";
import { useFocusOn } from "./mapping/use-focus-on.ts";

type MatchKeyProps = {
	mapping: MappingDraft;
	columns: readonly TableField[];
	onChange: (mapping: MappingDraft) => void;
};

/** Which columns tell whether a row is there already, and whether addresses are tidied before. */
export function MatchKey({ mapping, columns, onChange }: MatchKeyProps) {
	const matchable = matchableColumns(mapping, columns);
	const full = mapping.matchKey.length >= maxMatchColumns;
	const section = useRef<HTMLElement>(null);
	const focusOn = useFocusOn(section);
	return (
		<section ref={section} class="form-part">
			<fieldset>
				<legend>
					<h2>{words.match}</h2>
				</legend>
				<p class="muted">{matchable.length > 0 ? words.matchNote : words.noMatchable}</p>
				<div class="choices">
					{matchable.map((column) => {
						const chosen = mapping.matchKey.includes(column.id);
						return (
							<label class="choice" key={column.id}>
								<input
									class="check"
									type="checkbox"
									checked={chosen}
									disabled={!chosen && full}
									onChange={() => onChange(toggleMatch(mapping, column.id))}
								/>
								{column.name}
							</label>
						);
					})}
				</div>
			</fieldset>
			<TidyOffers
				mapping={mapping}
				columns={columns}
				onTidy={(key) => {
					onChange(tidied(mapping, key));
					// The button goes with what it offers.
					focusOn(":checked");
				}}
			/>
		</section>
	);
}

type TidyProps = Omit<MatchKeyProps, "onChange"> & { onTidy: (key: number) => void };

function TidyOffers({ mapping, columns, onTidy }: TidyProps) {
	const { records } = useWorld();
	const types = new Map(capturableFields(records.recent).map(({ name, type }) => [name, type]));
	return (
		<>
			{untidied(mapping, (field) => types.get(field)).map(({ key, to }) => (
				<p class="map-tidy" key={key}>
					<span>{mappingWords.tidyNote(columns.find(({ id }) => id === to)?.name ?? to)}</span>
					<Button size="small" onPress={() => onTidy(key)}>
						{mappingWords.tidy}
					</Button>
				</p>
			))}
		</>
	);
}
