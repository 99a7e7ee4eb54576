import { useEffect, useRef, useState } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { useWorld } from "../../context.ts";
import { AddLine } from "./add-line.tsx";
import { FindingList } from "./finding-list.tsx";
import { findingsOf, goneLines } from "./findings.ts";
import { leftOut } from "./left-out.ts";
import { LeftOutList } from "./left-out-list.tsx";
import type { MappingDraft } from "./mapping-draft.ts";
import { MappingLines } from "./mapping-lines.tsx";
import type { MappingPlace } from "./preview-request.ts";
import { SampleChooser } from "./sample-chooser.tsx";
import { firstSample, sampleRecords } from "./sample-records.ts";
import { useFocusOn } from "./use-focus-on.ts";
import { partOf, useMappingEditor } from "./use-mapping-editor.ts";
import { usePreview } from "./use-preview.ts";

type SectionProps = {
	mapping: MappingDraft;
	place: MappingPlace;
	/** What columns were called when they were last seen, by their ids. */
	names: ReadonlyMap<string, string>;
	provider: { title: string; canCreate: boolean };
	/** Opened to mend what is broken: the focus begins there. */
	mending: boolean;
	onChange: (mapping: MappingDraft) => void;
	onColumns: (columns: TableField[]) => void;
};

/** Which captured value goes to which column, what happens to it on the way, and what comes of it, live. */
export function MappingSection({ mapping, place, names, provider, mending, onChange, onColumns }: SectionProps) {
	const section = useRef<HTMLElement>(null);
	const focusOn = useFocusOn(section);
	const { samples, record, choose } = useSample(place.targetId);
	const preview = usePreview(mapping, place, record);
	const editor = useMappingEditor({ mapping, place, focusOn, onChange, onColumns });
	const { table } = place;
	const checked = { draft: mapping, table, names, canCreate: provider.canCreate };
	const findings = findingsOf(preview.answered, checked);
	useStart({ active: mending, gone: goneLines(checked)[0]?.key, found: findings.length > 0, focusOn });
	const nameOf = (id: string) => table.fields.find((field) => field.id === id)?.name ?? names.get(id) ?? id;
	const out = leftOut(mapping, record, table.fields);
	return (
		<section ref={section} class="form-part map">
			<h2>{words.title}</h2>
			<p class="muted">{record ? words.note : words.noSample}</p>
			<p class="hidden-visually" role="status">
				{findings.length > 0 && words.findings(findings.length)}
			</p>
			{findings.length > 0 && (
				<FindingList
					findings={findings}
					nameOf={(key) => nameOf(mapping.lines.find((line) => line.key === key)?.to ?? "")}
					editor={editor}
				/>
			)}
			{record && <SampleChooser samples={samples} chosen={record} asking={preview.asking} onChoose={choose} />}
			<MappingLines {...{ mapping, record, preview, editor, nameOf }} columns={table.fields} />
			<AddLine draft={mapping} columns={table.fields} onAdd={(column) => editor.add(column, { kind: "none" })} />
			{preview.failure && (
				<p class="muted" role="status">
					{preview.failure}
				</p>
			)}
			<p class="hidden-visually" role="status">
				{editor.said}
			</p>
			{record && out.length > 0 && <LeftOutList fields={out} record={record} provider={provider} editor={editor} />}
		</section>
	);
}

function useSample(targetId: string | null) {
	const { records } = useWorld();
	const [chosenId, choose] = useState<string | null>(null);
	const samples = sampleRecords(records.recent);
	const record: LocalRecord | null = samples.find(({ id }) => id === chosenId) ?? firstSample(samples, targetId);
	return { samples, record, choose };
}

type Start = { active: boolean; gone: number | undefined; found: boolean; focusOn: (selector: string) => void };

/** Whoever comes to mend begins at the line whose column is gone, else, once it is known, at what was found. */
function useStart({ active, gone, found, focusOn }: Start): void {
	const begun = useRef(false);
	useEffect(() => {
		if (!active || begun.current || (gone === undefined && !found)) return;
		begun.current = true;
		focusOn(gone === undefined ? ".map-findings button" : partOf(gone, "column"));
	}, [active, gone, found]);
}
