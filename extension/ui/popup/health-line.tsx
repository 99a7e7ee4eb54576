import { useState } from "preact/hooks";
import type { RecordProblem } from "../../../backend/contract/errors.ts";
import { errorSentence } from "../../i18n/error-sentence.ts";
import { problemPath } from "../options/problem-path.ts";
import { Banner } from "../parts/banner.tsx";
import { Button, ButtonLink } from "../parts/button.tsx";
import { useSignIn } from "../parts/use-sign-in.ts";
import { longWhen } from "../when.ts";
import { popupWords } from "../words/popup.ts";
import { actionWords } from "../words/status.ts";
import type { Health } from "./health.ts";

type HealthLineProps = {
	health: Health;
	onResume: (targetId: string) => Promise<void>;
	/** Opens what has not arrived. */
	onQueue: () => void;
};

/** At the foot of the popup, only when something is wrong: one sentence, one button. */
export function HealthLine({ health, onResume, onQueue }: HealthLineProps) {
	switch (health.kind) {
		case "signed-out":
			return <SignedOut waiting={health.waiting} />;
		case "broken": {
			const sentence = errorSentence(health.problem, { provider: health.target.providerTitle });
			return health.problem.action === "retry" ? (
				<Paused words={popupWords.targetBroken(sentence, health.waiting)} onResume={() => onResume(health.target.id)} />
			) : (
				<Mended at={problemPath(health.problem.action, health.target)} action={health.problem.action}>
					{popupWords.targetBroken(sentence, health.waiting)}
				</Mended>
			);
		}
		case "ending":
			return (
				<Mended at={problemPath("reconnect", health.target)} action="reconnect">
					{popupWords.accessEnds(health.target.providerTitle, longWhen(Date.parse(health.endsAt)), health.waiting)}
				</Mended>
			);
		case "paused":
			return (
				<Paused
					words={popupWords.targetPaused(health.target.name, health.waiting)}
					onResume={() => onResume(health.target.id)}
				/>
			);
		case "offline":
			return (
				<Banner
					icon="offline"
					action={
						health.waiting > 0 && (
							<Button size="small" onPress={onQueue}>
								{popupWords.seeQueue}
							</Button>
						)
					}
				>
					{popupWords.offline(health.waiting)}
				</Banner>
			);
	}
}

type MendedProps = { at: string; action: RecordProblem["action"]; children: string };

/** What is mended in the options page. */
function Mended({ at, action, children }: MendedProps) {
	return (
		<Banner
			tone="warn"
			icon="alert"
			action={
				<ButtonLink size="small" newTab href={at}>
					{actionWords[action]}
				</ButtonLink>
			}
		>
			{children}
		</Banner>
	);
}

function SignedOut({ waiting }: { waiting: number }) {
	const { busy, problem, signIn } = useSignIn();
	return (
		<Banner
			tone="warn"
			icon="alert"
			action={
				<Button size="small" busy={busy} onPress={signIn}>
					{popupWords.signIn}
				</Button>
			}
		>
			{problem ?? popupWords.signedOut(waiting)}
		</Banner>
	);
}

function Paused({ words, onResume }: { words: string; onResume: () => Promise<void> }) {
	const [problem, setProblem] = useState<string | null>(null);
	const resume = () => onResume().catch((error: unknown) => setProblem(error instanceof Error ? error.message : null));
	return (
		<Banner
			tone="warn"
			icon="pause"
			action={
				<Button size="small" onPress={() => void resume()}>
					{popupWords.resume}
				</Button>
			}
		>
			{problem ?? words}
		</Banner>
	);
}
