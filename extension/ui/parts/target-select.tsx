import { useId } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { optionsPath } from "../options/route.ts";
import { gridWords as words } from "../words/grid.ts";

type TargetSelectProps = {
	targets: readonly TargetView[];
	target: TargetView | null;
	/** A guest's rows stay here; who is signed in can make a target. */
	isGuest: boolean;
	onTarget: (targetId: string) => void;
};

/** Where rows go; where there is no target yet, the way to one. */
export function TargetSelect({ targets, target, isGuest, onTarget }: TargetSelectProps) {
	const id = useId();
	if (targets.length === 0) {
		return (
			<p class="send-rows-target muted">
				{isGuest ? words.guest : words.noTarget}{" "}
				{!isGuest && (
					<a href={optionsPath("targets", "new")} target="_blank" rel="noreferrer">
						{words.newTarget}
					</a>
				)}
			</p>
		);
	}
	return (
		<div class="send-rows-target">
			<label for={id}>{words.into}</label>
			<select id={id} class="input" value={target?.id ?? ""} onChange={(event) => onTarget(event.currentTarget.value)}>
				{targets.map(({ id: one, name, providerTitle }) => (
					<option key={one} value={one}>
						{words.target(name, providerTitle)}
					</option>
				))}
			</select>
		</div>
	);
}
