import { Banner } from "../../../parts/banner.tsx";
import { Button } from "../../../parts/button.tsx";
import { mappingWords as words } from "../../../words/mapping.ts";
import { useDoing } from "../../use-doing.ts";
import type { Finding, Mend } from "./findings.ts";
import type { MappingEditor } from "./use-mapping-editor.ts";

type FindingsProps = {
	findings: readonly Finding[];
	/** What the column of a line is called. */
	nameOf: (key: number) => string;
	editor: MappingEditor;
};

/** What the check of the table found: a sentence and one button each, above the lines they are about. */
export function FindingList({ findings, nameOf, editor }: FindingsProps) {
	return (
		<ul class="stack map-findings" aria-label={words.finding}>
			{findings.map((finding) => (
				<li class="card-banner" key={`${finding.keys.join()} ${finding.message}`}>
					<FindingBanner finding={finding} nameOf={nameOf} editor={editor} />
				</li>
			))}
		</ul>
	);
}

function FindingBanner({ finding, nameOf, editor }: Omit<FindingsProps, "findings"> & { finding: Finding }) {
	const { busy, problem, run } = useDoing();
	const { keys, mend } = finding;
	const [key] = keys;
	const press = (deed: Mend) => {
		if (key === undefined) return;
		switch (deed.kind) {
			case "make":
				return run(() => editor.make(deed.column, { keys }));
			case "use":
				return editor.lead(keys, deed.column);
			case "show":
				return editor.show(key, deed.part);
			case "take_out":
				return editor.remove(keys, nameOf(key));
		}
	};
	return (
		<Banner
			tone="warn"
			icon="alert"
			action={
				mend && (
					<Button size="small" busy={busy ? words.making : null} onPress={() => press(mend)}>
						{mendWords(mend)}
					</Button>
				)
			}
		>
			{problem ?? finding.message}
		</Banner>
	);
}

function mendWords(mend: Mend): string {
	switch (mend.kind) {
		case "make":
			return words.make(mend.column.name);
		case "use":
			return words.use(mend.column.name);
		case "show":
			return mend.part === "column" ? words.chooseOther : words.showLine;
		case "take_out":
			return words.takeOut;
	}
}
