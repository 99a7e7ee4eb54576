import { useEffect, useId, useState } from "preact/hooks";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { titleOf } from "../../../popup/recent.tsx";
import { kindName } from "../../../words/capture.ts";
import { mappingWords as words } from "../../../words/mapping.ts";

type ChooserProps = {
	samples: readonly LocalRecord[];
	chosen: LocalRecord;
	asking: boolean;
	onChoose: (id: string) => void;
};

/** Shorter waits show nothing: words that flash are worse than none. */
const quietMs = 400;

/** The captured record that the lines are shown on. */
export function SampleChooser({ samples, chosen, asking, onChoose }: ChooserProps) {
	const id = useId();
	const long = useLong(asking);
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
			<span class="muted">{long && words.asking}</span>
		</div>
	);
}

/** Whether it has been going on for so long that it is to be said. */
function useLong(active: boolean): boolean {
	const [long, setLong] = useState(false);
	useEffect(() => {
		setLong(false);
		if (!active) return;
		const timer = setTimeout(() => setLong(true), quietMs);
		return () => clearTimeout(timer);
	}, [active]);
	return long;
}
