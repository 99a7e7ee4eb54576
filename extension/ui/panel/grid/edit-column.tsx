import { useId, useState } from "preact/hooks";
import type { FieldType } from "../../../../backend/contract/fields.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { useModal } from "../../parts/use-modal.ts";
import { gridWords as words } from "../../words/grid.ts";
import { columnTypes } from "./as-type.ts";
import type { ColumnChange, GridColumn, GridTarget } from "./columns.ts";

type EditColumnProps = {
	/** null: a new one, with the same text in every row. */
	column: GridColumn | null;
	target: GridTarget | null;
	onChange: (change: ColumnChange) => void;
	onAdd: (column: { name: string; text: string }) => void;
	onDone: () => void;
};

/** Everything about one column: its name, its type, what it fills, and whether it is sent at all. */
export function EditColumn({ column, target, onChange, onAdd, onDone }: EditColumnProps) {
	const dialog = useModal();
	const id = useId();
	const [draft, setDraft] = useState(() => draftOf(column));
	const change = (part: Partial<ColumnDraft>) => setDraft((before) => ({ ...before, ...part }));
	const save = (event: Event) => {
		event.preventDefault();
		if (column === null) onAdd({ name: draft.name.trim(), text: draft.text });
		else onChange(changeOf(column, draft));
		onDone();
	};
	const leaveOut = () => {
		onChange({ shown: false });
		onDone();
	};
	return (
		<dialog ref={dialog} class="dialog" aria-labelledby={`${id}-title`} onCancel={onDone}>
			<h2 id={`${id}-title`}>{column === null ? words.newColumn : words.column}</h2>
			<form class="column-form" onSubmit={save}>
				<TextLine id={`${id}-name`} label={words.name} text={draft.name} onType={(name) => change({ name })} required />
				{(column === null || column.source.of === "text") && (
					<TextLine id={`${id}-text`} label={words.text} text={draft.text} onType={(text) => change({ text })} />
				)}
				{column !== null && <TypeSelect id={`${id}-type`} type={draft.type} onChange={(type) => change({ type })} />}
				{column !== null && target && (
					<ToSelect id={`${id}-to`} target={target} to={draft.to} onChange={(to) => change({ to })} />
				)}
				<div class="dialog-buttons">
					{column !== null && (
						<Button look="quiet" icon="trash" onPress={leaveOut}>
							{words.leaveOut}
						</Button>
					)}
					<Button onPress={onDone}>{words.cancel}</Button>
					<SubmitButton busy={null}>{column === null ? words.add : words.save}</SubmitButton>
				</div>
			</form>
		</dialog>
	);
}

type ColumnDraft = { name: string; type: FieldType; to: string; text: string };

function draftOf(column: GridColumn | null): ColumnDraft {
	const text = column?.source.of === "text" ? column.source.text : "";
	return { name: column?.name ?? "", type: column?.type ?? "text", to: column?.to ?? "", text };
}

/** What the column fills is named only when it changed: from then on nothing is suggested for it any more. */
function changeOf(column: GridColumn, { name, type, to, text }: ColumnDraft): ColumnChange {
	const moved = (column.to ?? "") === to ? {} : { to: to === "" ? null : to };
	const source = column.source.of === "text" ? { source: { of: "text" as const, text } } : {};
	return { name: name.trim(), type, ...moved, ...source };
}

type TextLineProps = { id: string; label: string; text: string; onType: (text: string) => void; required?: boolean };

function TextLine({ id, label, text, onType, required = false }: TextLineProps) {
	return (
		<>
			<label for={id}>{label}</label>
			<input
				id={id}
				class="input"
				autocomplete="off"
				required={required}
				maxLength={128}
				value={text}
				onInput={(event) => onType(event.currentTarget.value)}
			/>
		</>
	);
}

type TypeSelectProps = { id: string; type: FieldType; onChange: (type: FieldType) => void };

function TypeSelect({ id, type, onChange }: TypeSelectProps) {
	return (
		<>
			<label for={id}>{words.type}</label>
			<select
				id={id}
				class="input"
				value={type}
				onChange={(event) => onChange(columnTypes.find((one) => one === event.currentTarget.value) ?? type)}
			>
				{columnTypes.map((one) => (
					<option key={one} value={one}>
						{words.types[one]}
					</option>
				))}
			</select>
		</>
	);
}

type ToSelectProps = { id: string; target: GridTarget; to: string; onChange: (to: string) => void };

function ToSelect({ id, target, to, onChange }: ToSelectProps) {
	const filled = [...new Set(target.mapping.map((entry) => entry.to))];
	return (
		<>
			<label for={id}>{words.goesInto}</label>
			<select id={id} class="input" value={to} onChange={(event) => onChange(event.currentTarget.value)}>
				<option value="">{words.noColumn}</option>
				{filled.map((one) => (
					<option key={one} value={one}>
						{target.columns.find((column) => column.id === one)?.name ?? one}
					</option>
				))}
			</select>
		</>
	);
}
