import { useState } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import { Button } from "../../../parts/button.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { fieldName } from "../../../words/capture.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { columnTypeWords } from "../../../words/targets.ts";
import { useDoing } from "../../use-doing.ts";
import { ColumnTypeIcon } from "./column-type.tsx";
import { creatableTypes, type LeftOut } from "./left-out.ts";
import type { MappingEditor } from "./use-mapping-editor.ts";

/** What providers take for a column's name. */
const longestName = 100;

/** Name and kind of a column that is not there yet, as suggested, and the press that makes it. */
export function MakeColumn({ wanted, editor }: { wanted: LeftOut; editor: MappingEditor }) {
	const [name, setName] = useState(wanted.name);
	const [type, setType] = useState<TableField["type"]>(wanted.type);
	const { busy, problem, run } = useDoing();
	const label = fieldName(wanted.field);
	const make = () => run(() => editor.make({ name: name.trim() || wanted.name, type }, { field: wanted.field }));
	return (
		<>
			<div class="left-out-column">
				<input
					class="input"
					type="text"
					autocomplete="off"
					maxLength={longestName}
					aria-label={words.newName(label)}
					value={name}
					onInput={(event) => setName(event.currentTarget.value)}
				/>
				<TypeSelect label={words.newType(label)} type={type} onChoose={setType} />
				<Button label={words.makeColumnFor(label)} busy={busy ? words.making : null} onPress={make}>
					{words.makeColumn}
				</Button>
			</div>
			<Problem>{problem}</Problem>
		</>
	);
}

type TypeSelectProps = { label: string; type: TableField["type"]; onChoose: (type: TableField["type"]) => void };

function TypeSelect({ label, type, onChoose }: TypeSelectProps) {
	return (
		<span class="map-column">
			<ColumnTypeIcon type={type} />
			<select
				class="input"
				aria-label={label}
				value={type}
				onChange={(event) => onChoose(event.currentTarget.value as TableField["type"])}
			>
				{creatableTypes.map((one) => (
					<option key={one} value={one}>
						{columnTypeWords[one]}
					</option>
				))}
			</select>
		</span>
	);
}
