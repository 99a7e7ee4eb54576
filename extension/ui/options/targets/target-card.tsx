import { useState } from "preact/hooks";
import type { TargetPatch, TargetView } from "../../../../backend/contract/targets.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { longWhen, untilWhen } from "../../when.ts";
import { policyWords } from "../../words/policies.ts";
import { rhythmFact, rhythmWords } from "../../words/rhythm.ts";
import { actionWords } from "../../words/status.ts";
import { targetWords as words } from "../../words/targets.ts";
import { may, useWorld } from "../context.ts";
import { problemPath } from "../problem-path.ts";
import { optionsPath } from "../route.ts";
import { useDoing } from "../use-doing.ts";
import { DeleteTarget } from "./delete-target.tsx";
import { whereabouts } from "./whereabouts.ts";

/** One target: where it sends, how it is, and what can be done with it. */
export function TargetCard({ target }: { target: TargetView }) {
	const world = useWorld();
	const { client, reload } = world;
	const { busy, problem, run } = useDoing();
	const [said, setSaid] = useState<string | null>(null);
	const [deleting, setDeleting] = useState(false);
	const waiting = world.records.unsettled.filter((record) => record.targetId === target.id).length;
	const change = (patch: TargetPatch) =>
		run(async () => {
			await client.changeTarget(target.id, patch);
			await reload();
		});
	const sendNow = () =>
		run(async () => {
			await client.runTarget(target.id);
			setSaid(waiting === 0 ? words.nothingWaits : words.onTheWay(waiting));
			await reload();
		});
	return (
		<li class="card item">
			<TargetHead target={target} waiting={waiting} />
			{target.problem && <ProblemLine target={target} />}
			{(problem ?? said) && (
				<p class={problem ? "field-problem" : "muted"} role="status">
					{problem ?? said}
				</p>
			)}
			{may(world, "targets:write") && (
				<TargetActions
					target={target}
					busy={busy}
					onPause={(paused) => change({ paused })}
					onSend={sendNow}
					onDelete={() => setDeleting(true)}
				/>
			)}
			{deleting && <DeleteTarget target={target} onDone={() => setDeleting(false)} />}
		</li>
	);
}

type TargetActionsProps = {
	target: TargetView;
	busy: boolean;
	onPause: (paused: boolean) => void;
	onSend: () => void;
	onDelete: () => void;
};

function TargetActions({ target, busy, onPause, onSend, onDelete }: TargetActionsProps) {
	const paused = target.status === "paused";
	const pauseWords = paused ? words.resume : words.pause;
	return (
		<div class="item-actions">
			<ButtonLink href={optionsPath("targets", target.id)}>{words.edit}</ButtonLink>
			<Button busy={busy ? pauseWords : null} onPress={() => onPause(!paused)}>
				{pauseWords}
			</Button>
			{!paused && <Button onPress={onSend}>{words.runNow}</Button>}
			<Menu
				class="button item-more"
				label={words.more(target.name)}
				entries={[{ label: words.delete, icon: "trash", onPress: onDelete }]}
			>
				<Icon name="more" />
			</Menu>
		</div>
	);
}

function TargetHead({ target, waiting }: { target: TargetView; waiting: number }) {
	const paused = target.status === "paused";
	const rhythm = rhythmFact(target.frequency, target.schedule ?? null);
	return (
		<>
			<div class="item-head">
				<h2>{target.name}</h2>
				<span class="health" data-status={target.problem ? "revoked" : paused ? "rate_limited" : "healthy"}>
					<Icon name={target.problem ? "alert" : paused ? "pause" : "check"} />
					{paused ? words.paused : words.active}
				</span>
			</div>
			<p class="muted item-facts">
				<span>{whereabouts(target)}</span>
				<span>{matchWords(target)}</span>
				{rhythm && <span>{rhythm}</span>}
				{target.nextRunAt && !paused && <NextRun at={Date.parse(target.nextRunAt)} />}
				{policyWords.fact[target.conflictPolicy] && <span>{policyWords.fact[target.conflictPolicy]}</span>}
				{waiting > 0 && <span>{words.waiting(waiting)}</span>}
			</p>
		</>
	);
}

function NextRun({ at }: { at: number }) {
	return (
		<time dateTime={new Date(at).toISOString()} title={longWhen(at)}>
			{rhythmWords.nextRun(untilWhen(at, Date.now()))}
		</time>
	);
}

function ProblemLine({ target }: { target: TargetView }) {
	const problem = target.problem;
	if (!problem) return null;
	const elsewhere = problem.action === "reconnect" || problem.action === "mend_target";
	return (
		<p class="item-problem">
			{errorSentence(problem, { provider: target.providerTitle })}{" "}
			{elsewhere && <a href={problemPath(problem.action, target)}>{actionWords[problem.action]}</a>}
		</p>
	);
}

function matchWords(target: TargetView): string {
	const names = target.matchKey.map((id) => target.columns.find((column) => column.id === id)?.name ?? id);
	return words.matchedBy(names.join(", "));
}
