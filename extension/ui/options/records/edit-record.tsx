import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ask } from "../../../messages/ask.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { Button } from "../../parts/button.tsx";
import { FieldInput } from "../../record/field-input.tsx";
import { RecordFields } from "../../record/record-fields.tsx";
import { readRecordForm, titleField, toRecordForm, withRow } from "../../record/record-form.ts";
import { optionsWords, recordsWords as words } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

/** The record's fields in a dialog, in the order of its target's columns. */
export function EditRecord({ record, onDone }: { record: LocalRecord; onDone: () => void }) {
	const { settings, outbox } = useWorld();
	const target = settings.targets.find((one) => one.id === record.targetId) ?? null;
	const [form, setForm] = useState(() => toRecordForm(record, target));
	const [problems, setProblems] = useState<Record<string, string>>({});
	const { busy, problem, run } = useDoing();
	const dialog = useRef<HTMLDialogElement>(null);
	const heading = useId();
	useEffect(() => dialog.current?.showModal(), []);
	const save = (event: Event) => {
		event.preventDefault();
		const read = readRecordForm(form);
		setProblems(read.ok ? {} : read.problems);
		if (!read.ok) return;
		run(async () => {
			await outbox.edit(record.id, { fields: read.fields, provenance: read.provenance });
			void ask("outbox.flush", {}).catch(() => undefined);
			onDone();
		});
	};
	const title = form.rows.find((row) => row.name === titleField);
	const change = (name: string, value: Parameters<typeof withRow>[2]) => setForm(withRow(form, name, value));
	return (
		<dialog ref={dialog} class="dialog dialog-wide" aria-labelledby={heading} onClose={onDone}>
			<form onSubmit={save}>
				<h2 id={heading}>{words.editTitle}</h2>
				{title && (
					<div class="fields">
						<div class="field">
							<label class="field-label clip" for="field-title">
								{title.label}
							</label>
							<FieldInput
								id="field-title"
								label={title.label}
								value={title.form}
								onChange={(value) => change(titleField, value)}
							/>
						</div>
					</div>
				)}
				<RecordFields form={form} problems={problems} onChange={change} />
				{problem && (
					<p class="field-problem" role="alert">
						{problem}
					</p>
				)}
				<div class="dialog-buttons">
					<Button onPress={onDone}>{optionsWords.cancel}</Button>
					<button class="button" data-look="main" aria-disabled={busy ? "true" : undefined}>
						{busy ? optionsWords.saving : optionsWords.save}
					</button>
				</div>
			</form>
		</dialog>
	);
}
