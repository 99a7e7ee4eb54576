import type { LocalRecord } from "../../../../outbox/types.ts";
import { Button } from "../../../parts/button.tsx";
import { fieldName } from "../../../words/capture.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { sampleOf } from "../captured-fields.ts";
import type { LeftOut } from "./left-out.ts";
import { MakeColumn } from "./make-column.tsx";
import type { MappingEditor } from "./use-mapping-editor.ts";

type LeftOutProps = {
	fields: readonly LeftOut[];
	record: LocalRecord;
	provider: { title: string; canCreate: boolean };
	editor: MappingEditor;
};

/** What was captured and goes nowhere; a column for it is made with one press. */
export function LeftOutList({ fields, record, provider, editor }: LeftOutProps) {
	return (
		<details class="left-out">
			<summary>{words.leftOut(fields.length)}</summary>
			<p class="muted">{(provider.canCreate ? words.leftOutNote : words.leftOutOnly)(provider.title)}</p>
			<ul class="card rows">
				{fields.map((one) => (
					<li class="row left-out-line" key={one.field}>
						<div class="row-words">
							<p>{fieldName(one.field)}</p>
							<p class="row-notes muted clip">
								<bdi>{sampleOf(one.field, [record])}</bdi>
							</p>
						</div>
						<Offer one={one} canCreate={provider.canCreate} editor={editor} />
					</li>
				))}
			</ul>
		</details>
	);
}

function Offer({ one, canCreate, editor }: { one: LeftOut; canCreate: boolean; editor: MappingEditor }) {
	const { field, present } = one;
	if (present === null) return canCreate ? <MakeColumn wanted={one} editor={editor} /> : null;
	return (
		<Button onPress={() => editor.add(present, { kind: "field", name: field, steps: [] })}>
			{words.sendTo(present.name)}
		</Button>
	);
}
