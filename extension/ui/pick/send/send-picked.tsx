import { useId, useState } from "preact/hooks";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import { Button } from "../../parts/button.tsx";
import { TargetSelect } from "../../parts/target-select.tsx";
import { pickWords as words } from "../../words/pick.ts";
import { rhythmWords } from "../../words/rhythm.ts";
import type { PickWorld } from "../pick-pane.tsx";
import type { ChosenPlace } from "../places.ts";
import type { Picking } from "../use-picking.ts";
import { filledColumns, missingKeys } from "./fills.ts";
import { MatchColumns } from "./match-columns.tsx";
import { RunState } from "./run-state.tsx";
import { type PickRhythm, useSending } from "./use-sending.ts";

const rhythms: readonly PickRhythm[] = ["manual", "hourly", "daily", "weekly"];

type SendPickedProps = {
	world: PickWorld;
	picking: Picking;
	chosen: ChosenPlace;
	/** What can be chosen. */
	targets: readonly TargetView[];
	target: TargetView | null;
	onTarget: (targetId: string) => void;
};

/** Where what is picked goes, how often, and the one press that sends it. */
export function SendPicked({ world, picking, chosen, targets, target, onTarget }: SendPickedProps) {
	const sending = useSending(world, picking, chosen);
	const [rhythm, setRhythm] = useState<PickRhythm>("manual");
	const { columns, count } = picking;
	const missing = target === null || columns.length === 0 ? [] : missingKeys(target, columns);
	const isReady = target !== null && columns.length > 0 && missing.length === 0 && count.rows !== 0 && !picking.isStale;
	return (
		<section class="send-rows" aria-label={words.sendSection}>
			<div class="pick-where">
				<TargetSelect targets={targets} target={target} isGuest={false} onTarget={onTarget} />
				<RhythmSelect rhythm={rhythm} onRhythm={setRhythm} />
			</div>
			{target !== null && missing.length > 0 && (
				<MatchColumns world={world} target={target} columns={columns} missing={missing} />
			)}
			<div class="send-rows-line">
				<p class="pick-fills muted">
					{world.online
						? target !== null && missing.length === 0 && words.fills(filledColumns(target, columns))
						: words.offline}
				</p>
				<Button
					look="main"
					disabled={!isReady || !world.online}
					busy={sending.isBusy ? words.sending : null}
					onPress={() => target !== null && sending.send(target, rhythm)}
				>
					{words.send(count)}
				</Button>
			</div>
			<RunState sending={sending} picking={picking} />
		</section>
	);
}

type RhythmSelectProps = { rhythm: PickRhythm; onRhythm: (rhythm: PickRhythm) => void };

/** Once, or kept up to date: new and changed rows follow by themselves. */
function RhythmSelect({ rhythm, onRhythm }: RhythmSelectProps) {
	const id = useId();
	return (
		<div class="send-rows-target">
			<label for={id}>{words.rhythm}</label>
			<select
				id={id}
				class="input"
				value={rhythm}
				onChange={({ currentTarget: { value } }) => onRhythm(rhythms.find((one) => one === value) ?? rhythm)}
			>
				{rhythms.map((one) => (
					<option key={one} value={one}>
						{one === "manual" ? words.once : rhythmWords.frequency[one]}
					</option>
				))}
			</select>
		</div>
	);
}
