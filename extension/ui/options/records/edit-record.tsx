import { useId, useState } from "preact/hooks";
import { hashOfAddress } from "../../../blobs/address.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { targetInUse } from "../../local/settings.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useModal } from "../../parts/use-modal.ts";
import { aimOf } from "../../popup/editor.ts";
import { FieldInput } from "../../record/field-input.tsx";
import type { FormValue } from "../../record/input-kinds.ts";
import { KeptPicture } from "../../record/kept-picture.tsx";
import { RecordFields } from "../../record/record-fields.tsx";
import {
	type FormRow,
	pictureOf,
	readRecordForm,
	titleField,
	toRecordForm,
	withRow,
} from "../../record/record-form.ts";
import { optionsWords } from "../../words/options.ts";
import { recordsWords as words } from "../../words/records.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

type EditRecordProps = {
	record: LocalRecord;
	/** The other records of its capture, which are changed with it; none: it is changed alone. */
	others?: readonly LocalRecord[];
	onDone: () => void;
};

/** The record's fields in a dialog, in the order of its target's columns. */
export function EditRecord({ record, others = [], onDone }: EditRecordProps) {
	const { settings, outbox } = useWorld();
	const target = aimOf(record, settings.targets, targetInUse(settings));
	const targets = [record, ...others].flatMap(
		({ targetId }) => settings.targets.find(({ id }) => id === targetId) ?? [],
	);
	const [form, setForm] = useState(() => toRecordForm(record, targets.length > 0 ? targets : target ? [target] : []));
	const [problems, setProblems] = useState<Record<string, string>>({});
	const { busy, problem, run } = useDoing();
	const dialog = useModal();
	const heading = useId();
	const save = (event: Event) => {
		event.preventDefault();
		const read = readRecordForm(form);
		setProblems(read.ok ? {} : read.problems);
		if (!read.ok) return;
		run(async () => {
			const { fields, provenance } = read;
			if (others.length > 0) await outbox.editCapture(record.id, { fields, provenance });
			else await outbox.edit(record.id, { fields, provenance, targetId: target?.id ?? record.targetId });
			askFlush();
			onDone();
		});
	};
	const title = form.rows.find((row) => row.name === titleField);
	const picture = pictureOf(form);
	const change = (name: string, value: FormValue) => setForm(withRow(form, name, value));
	return (
		<dialog ref={dialog} class="dialog dialog-wide" aria-labelledby={heading} onClose={onDone}>
			<form onSubmit={save}>
				<h2 id={heading}>{words.editTitle}</h2>
				{title && <TitleLine row={title} onChange={(value) => change(titleField, value)} />}
				{hashOfAddress(picture) !== null && <KeptPicture address={picture} />}
				<RecordFields form={form} problems={problems} onChange={change} />
				<Problem>{problem}</Problem>
				<div class="dialog-buttons">
					<Button onPress={onDone}>{optionsWords.cancel}</Button>
					<SubmitButton busy={busy ? optionsWords.saving : null}>{optionsWords.save}</SubmitButton>
				</div>
			</form>
		</dialog>
	);
}

/** The popup draws the title as the record's head; here it is a line like the others. */
function TitleLine({ row, onChange }: { row: FormRow; onChange: (value: FormValue) => void }) {
	return (
		<div class="fields">
			<div class="field">
				<label class="field-label clip" for="field-title">
					{row.label}
				</label>
				<FieldInput id="field-title" label={row.label} value={row.form} onChange={onChange} />
			</div>
		</div>
	);
}
