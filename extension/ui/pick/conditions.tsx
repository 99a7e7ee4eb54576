import { useId, useState } from "preact/hooks";
import type { SourceColumn, SourceFilter } from "../../../backend/contract/sources.ts";
import { Button, IconButton, SubmitButton } from "../parts/button.tsx";
import { Problem } from "../parts/problem.tsx";
import { useModal } from "../parts/use-modal.ts";
import { gridWords } from "../words/grid.ts";
import { pickWords as words } from "../words/pick.ts";
import {
	type DraftCondition,
	draftOf,
	filterable,
	firstCondition,
	onColumn,
	readConditions,
	takesValue,
} from "./read-conditions.ts";

type ConditionsProps = {
	filter: SourceFilter;
	columns: readonly SourceColumn[];
	onApply: (filter: SourceFilter) => void;
	onDone: () => void;
};

/** As many as can be sent. */
const mostConditions = 20;

/** The conditions that rows are to fit, all of them, each of those that its column allows. */
export function Conditions({ filter, columns, onApply, onDone }: ConditionsProps) {
	const dialog = useModal();
	const heading = useId();
	const [lines, setLines] = useState(() => draftOf(filter, columns));
	const [isMissing, setMissing] = useState(false);
	const change = (place: number, line: DraftCondition) => setLines(lines.with(place, line));
	const add = () => {
		const first = firstCondition(columns);
		if (first) setLines([...lines, first]);
	};
	const apply = (event: Event) => {
		event.preventDefault();
		const read = readConditions(lines, columns);
		setMissing(read === null);
		if (read === null) return;
		onApply(read);
		onDone();
	};
	return (
		<dialog ref={dialog} class="dialog" aria-labelledby={heading} onKeyDown={(event) => leaveOnEscape(event, onDone)}>
			<h2 id={heading}>{words.onlyRows}</h2>
			<form class="pick-conditions" onSubmit={apply}>
				{lines.length === 0 && <p class="muted">{words.everyRow}</p>}
				{lines.map((line, place) => (
					<Line
						key={place}
						line={line}
						columns={columns}
						onChange={(next) => change(place, next)}
						onRemove={() => setLines(lines.toSpliced(place, 1))}
					/>
				))}
				{lines.length < mostConditions && (
					<div>
						<Button look="quiet" icon="plus" onPress={add}>
							{words.addCondition}
						</Button>
					</div>
				)}
				<Problem>{isMissing ? words.valueMissing : null}</Problem>
				<div class="dialog-buttons">
					<Button onPress={onDone}>{words.cancel}</Button>
					<SubmitButton busy={null}>{words.apply}</SubmitButton>
				</div>
			</form>
		</dialog>
	);
}

function leaveOnEscape(event: KeyboardEvent, leave: () => void): void {
	if (event.key !== "Escape") return;
	// Left to the browser, it would close the popup around it.
	event.preventDefault();
	event.stopPropagation();
	leave();
}

type LineProps = {
	line: DraftCondition;
	columns: readonly SourceColumn[];
	onChange: (line: DraftCondition) => void;
	onRemove: () => void;
};

function Line({ line, columns, onChange, onRemove }: LineProps) {
	const column = columns.find(({ id }) => id === line.column);
	if (!column) return null;
	const isDate = column.type === "date";
	return (
		<fieldset class="pick-condition">
			<legend class="hidden-visually">{column.name}</legend>
			<select
				class="input"
				aria-label={words.column}
				value={line.column}
				onChange={({ currentTarget: { value } }) => {
					const next = columns.find(({ id }) => id === value);
					if (next) onChange(onColumn(next));
				}}
			>
				{filterable(columns).map(({ id, name }) => (
					<option key={id} value={id}>
						{name}
					</option>
				))}
			</select>
			<IconButton icon="close" label={words.removeCondition(column.name)} onPress={onRemove} />
			<select
				class="input"
				aria-label={words.operator}
				value={line.op}
				onChange={({ currentTarget: { value } }) => {
					const op = column.operators.find((one) => one === value);
					if (op) onChange({ ...line, op });
				}}
			>
				{column.operators.map((op) => (
					<option key={op} value={op}>
						{words.operatorOf(op, isDate)}
					</option>
				))}
			</select>
			{takesValue(line.op) && (
				<Value column={column} value={line.value} onChange={(value) => onChange({ ...line, value })} />
			)}
		</fieldset>
	);
}

type ValueProps = { column: SourceColumn; value: string; onChange: (value: string) => void };

function Value({ column: { type, options }, value, onChange }: ValueProps) {
	const choices =
		type === "boolean"
			? [
					{ value: "true", text: gridWords.booleans.true },
					{ value: "false", text: gridWords.booleans.false },
				]
			: options?.map((one) => ({ value: one, text: one }));
	const props = { class: "input", "aria-label": words.value, value };
	if (choices) {
		return (
			<select {...props} onChange={(event) => onChange(event.currentTarget.value)}>
				{choices.map((one) => (
					<option key={one.value} value={one.value}>
						{one.text}
					</option>
				))}
			</select>
		);
	}
	const text = {
		...props,
		onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => onChange(currentTarget.value),
	};
	if (type === "date") return <input {...text} type="date" />;
	if (type === "number" || type === "currency") return <input {...text} type="number" step="any" />;
	return <input {...text} maxLength={2_000} autocomplete="off" dir="auto" />;
}
