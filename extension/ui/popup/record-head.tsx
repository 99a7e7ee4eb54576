import { useEffect, useRef } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { Origin, originId } from "../record/origin.tsx";
import { titleField } from "../record/record-form.ts";
import { kindName, kinds } from "../words/capture.ts";
import { popupWords } from "../words/popup.ts";
import { type Editor, kindOf } from "./editor.ts";
import { PictureButton } from "./picture-button.tsx";
import type { EditorHandle } from "./use-editor.ts";

/** The record's picture, title and kind, and whether it is in the table already. */
export function RecordHead({ editor, handle }: { editor: Editor; handle: EditorHandle }) {
	const row = editor.form.rows.find((one) => one.name === titleField);
	const provenance = row?.provenance ?? null;
	const problem = editor.problems[titleField];
	const text = row && "text" in row.form ? row.form.text : "";
	const title = useRef<HTMLTextAreaElement>(null);
	// What asked for this record is gone: the button that wrote it by hand, or the list it was opened from. A page's record is for sending at once.
	const opened = editor.document === null || editor.fromList;
	useEffect(() => {
		if (opened) title.current?.focus();
	}, [opened, editor.existing?.id]);
	return (
		<div class="record-head">
			<PictureButton editor={editor} onChoose={(url) => handle.dispatch({ type: "picture-chosen", url })} />
			<div class="record-words">
				<Origin id="record-title" provenance={provenance} class="record-title-line">
					<textarea
						ref={title}
						class="input record-title"
						rows={1}
						aria-label={row?.label ?? popupWords.title}
						aria-describedby={[problem && "record-title-problem", originId("record-title", provenance)]
							.filter(Boolean)
							.join(" ")}
						aria-invalid={problem ? "true" : undefined}
						placeholder={popupWords.title}
						value={text}
						onInput={(event) =>
							handle.dispatch({
								type: "typed",
								name: titleField,
								value: { input: "text", text: event.currentTarget.value.replaceAll("\n", " ") },
							})
						}
					/>
				</Origin>
				{problem && (
					<p class="field-problem" id="record-title-problem">
						{problem}
					</p>
				)}
				<RecordNote editor={editor} handle={handle} />
			</div>
		</div>
	);
}

function RecordNote({ editor, handle }: { editor: Editor; handle: EditorHandle }) {
	const host = URL.parse(editor.draft.source.url)?.hostname.replace(/^www\./, "");
	return (
		<div class="record-note">
			{host && (
				<span class="clip" title={editor.draft.source.url}>
					{host}
				</span>
			)}
			<KindSelect kind={kindOf(editor)} onChoose={(kind) => handle.dispatch({ type: "kind-chosen", kind })} />
			{editor.fromList ? (
				<Button look="link" onPress={handle.openPage}>
					{popupWords.backToPage}
				</Button>
			) : (
				editor.existing &&
				!editor.sent && (
					<span class="already">
						<Icon name="check" />
						{popupWords.alreadySaved}
					</span>
				)
			)}
		</div>
	);
}

function KindSelect({ kind, onChoose }: { kind: string; onChoose: (kind: string) => void }) {
	const offered = kinds.includes(kind) ? kinds : [kind, ...kinds];
	return (
		<select
			class="kind-select"
			aria-label={popupWords.kind}
			value={kind}
			onChange={(event) => onChoose(event.currentTarget.value)}
		>
			{offered.map((one) => (
				<option key={one} value={one}>
					{kindName(one)}
				</option>
			))}
		</select>
	);
}
