import type { SelectionRun } from "../../../../backend/contract/selections.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { optionsPath } from "../../options/route.ts";
import { messageOf } from "../../options/use-remote.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Problem } from "../../parts/problem.tsx";
import { pickWords as words } from "../../words/pick.ts";
import { helpFor } from "../failure-help.ts";
import { SignInButton } from "../pick-failure.tsx";
import type { Picking } from "../use-picking.ts";
import type { PickSending, Sent } from "./use-sending.ts";

/** How far what was sent is, and what became of it. */
export function RunState({ sending, picking }: { sending: PickSending; picking: Picking }) {
	const { sent, failure } = sending;
	return (
		<>
			<Problem>{failure === null ? null : messageOf(failure)}</Problem>
			{failure !== null && helpFor(failure) === "sign-in" && <SignInButton />}
			<div class="send-rows-state" role="status">
				{sent?.run.status === "running" && <Running run={sent.run} sending={sending} />}
				{sent !== null && sent.run.status !== "running" && <Ended sent={sent} picking={picking} />}
			</div>
		</>
	);
}

function Running({ run, sending }: { run: SelectionRun; sending: PickSending }) {
	const text = words.looked(run.listed, run.total);
	return (
		<>
			{run.total !== null && run.total.count > 0 && (
				<progress value={Math.min(run.listed, run.total.count)} max={run.total.count} aria-label={text} />
			)}
			<span class="muted">{run.problem === null ? text : errorSentence(run.problem)}</span>
			<Button size="small" onPress={sending.stop}>
				{words.stop}
			</Button>
		</>
	);
}

function Ended({ sent: { run, selection, targetName }, picking }: { sent: Sent; picking: Picking }) {
	if (run.status === "failed") {
		const isAccount = run.problem?.action === "reconnect";
		return (
			<>
				<Icon name="alert" />
				<span>{run.problem === null ? words.failed : errorSentence(run.problem)}</span>
				<ButtonLink
					newTab
					size="small"
					href={isAccount ? optionsPath("connections", picking.connectionId) : optionsPath("selections", selection.id)}
				>
					{isAccount ? words.reconnect : words.seeSelection}
				</ButtonLink>
			</>
		);
	}
	return (
		<>
			<Icon name="check" />
			<span>{words.ended(run, targetName)}</span>
			<ButtonLink newTab size="small" look="quiet" href={optionsPath("selections", selection.id)}>
				{words.seeSelection}
			</ButtonLink>
		</>
	);
}
