import { useEffect, useRef } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { may } from "../local/may.ts";
import type { Settings } from "../local/settings.ts";
import { Button } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { RecordFields } from "../record/record-fields.tsx";
import { popupWords } from "../words/popup.ts";
import { draftByHand } from "./editor.ts";
import { useFilledMark } from "./filled-mark.ts";
import { MoreColumns } from "./more-columns.tsx";
import type { PageReading } from "./read-page.ts";
import { RecordHead } from "./record-head.tsx";
import type { EditorHandle } from "./use-editor.ts";

type RecordPaneProps = {
	page: PageReading;
	handle: EditorHandle;
	aimed: readonly TargetView[];
	settings: Settings;
	online: boolean;
};

/** The record about to be sent; before that, its outline in the same places; or why the page cannot be read. */
export function RecordPane({ page, handle, aimed, settings, online }: RecordPaneProps) {
	const { editor, dispatch, open } = handle;
	const record = useRef<HTMLDivElement>(null);
	const refusals = editor?.refusals ?? 0;
	useFilledMark(editor !== null && !editor.fromList);
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
				{aimed[0] && may(settings.account, "targets:write") && <MoreColumns target={aimed[0]} online={online} />}
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
