import { useId } from "preact/hooks";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { titleOf } from "../../../popup/recent.tsx";
import { kindName } from "../../../words/capture.ts";
import { mappingWords as words } from "../../../words/mapping.ts";

type ChooserProps = { samples: readonly LocalRecord[]; chosen: LocalRecord; onChoose: (id: string) => void };

/** The captured record that the lines are shown on. */
export function SampleChooser({ samples, chosen, onChoose }: ChooserProps) {
	const id = useId();
	return (
		<div class="map-sample">
			<label class="muted" for={id}>
				{words.sample}
			</label>
			<select id={id} class="input" value={chosen.id} onChange={(event) => onChoose(event.currentTarget.value)}>
				{samples.map((record) => (
					<option key={record.id} value={record.id}>
						{words.sampleOf(titleOf(record), kindName(record.kind))}
					</option>
				))}
			</select>
		</div>
	);
}
