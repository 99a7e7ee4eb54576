import { useEffect, useRef, useState } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { Button } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { Icon } from "../parts/icon.tsx";
import { RecordFields } from "../record/record-fields.tsx";
import { imageField, titleField } from "../record/record-form.ts";
import { kindName } from "../words/capture.ts";
import { popupWords } from "../words/popup.ts";
import { draftByHand, type Editor } from "./editor.ts";
import type { PageReading } from "./read-page.ts";
import type { EditorHandle } from "./use-editor.ts";

type RecordPaneProps = { page: PageReading; handle: EditorHandle; aimed: readonly TargetView[] };

/** The record about to be sent; before that, its outline in the same places; or why the page cannot be read. */
export function RecordPane({ page, handle, aimed }: RecordPaneProps) {
	const { editor, dispatch, open } = handle;
	const record = useRef<HTMLDivElement>(null);
	const refusals = editor?.refusals ?? 0;
	useEffect(() => {
		if (refusals > 0) record.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	}, [refusals]);
	if (editor) {
		return (
			<div class="record" ref={record}>
				<RecordHead editor={editor} handle={handle} />
				<RecordFields
					form={editor.form}
					problems={editor.problems}
					onChange={(name, value) => dispatch({ type: "typed", name, value })}
				/>
			</div>
		);
	}
	if (page.kind === "closed") {
		return (
			<Empty
				icon="page"
				action={
					<Button onPress={() => void open(draftByHand(page.url, page.title), null)}>
						{popupWords.unreadableButton}
					</Button>
				}
			>
				{popupWords.closed[page.because]}
			</Empty>
		);
	}
	return <RecordOutline title={page.kind === "reading" ? page.title : ""} lines={aimed[0]?.mapping.length ?? 5} />;
}

function RecordHead({ editor, handle }: { editor: Editor; handle: EditorHandle }) {
	const row = editor.form.rows.find((one) => one.name === titleField);
	const image = editor.form.rows.find((one) => one.name === imageField)?.form;
	const text = row?.form.input === "text" || row?.form.input === "long_text" ? row.form.text : "";
	const title = useRef<HTMLTextAreaElement>(null);
	// The button that asked for a record by hand is gone; the typing starts here. A page's record is for sending at once.
	const byHand = editor.document === null && !editor.fromList;
	useEffect(() => {
		if (byHand) title.current?.focus();
	}, [byHand]);
	return (
		<div class="record-head">
			<Picture url={image && "text" in image ? image.text : (editor.draft.image ?? "")} />
			<div class="record-words">
				<textarea
					ref={title}
					class="input record-title"
					rows={1}
					aria-label={row?.label ?? popupWords.title}
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
				<RecordNote editor={editor} onBack={handle.openPage} />
			</div>
		</div>
	);
}

function RecordNote({ editor, onBack }: { editor: Editor; onBack: () => void }) {
	const host = URL.parse(editor.draft.source.url)?.hostname.replace(/^www\./, "");
	return (
		<p class="record-note">
			<span class="clip" title={editor.draft.source.url}>
				{[host, kindName(editor.draft.kind)].filter(Boolean).join(" · ")}
			</span>
			{editor.fromList ? (
				<Button look="link" onPress={onBack}>
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
		</p>
	);
}

/** The picture, in a place of fixed size; when it cannot be loaded, the place stays. */
function Picture({ url }: { url: string }) {
	const [broken, setBroken] = useState("");
	return (
		<span class="picture">
			{url && broken !== url ? (
				<img src={url} alt={popupWords.imageAlt} referrerpolicy="no-referrer" onError={() => setBroken(url)} />
			) : (
				<Icon name="image" />
			)}
		</span>
	);
}

function RecordOutline({ title, lines }: { title: string; lines: number }) {
	return (
		<div class="record" aria-busy="true">
			<div class="record-head">
				<span class="picture" />
				<div class="record-words">
					<p class="record-title-outline">{title}</p>
					<p class="record-note muted">{popupWords.reading}</p>
				</div>
			</div>
			<div class="fields">
				{Array.from({ length: Math.min(6, lines) }, (_, index) => (
					<div class="field" key={index}>
						<span class="skeleton outline-label" />
						<span class="skeleton outline-input" />
					</div>
				))}
			</div>
		</div>
	);
}
