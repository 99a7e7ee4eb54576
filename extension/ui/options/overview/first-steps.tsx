import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { useSignIn } from "../../parts/use-sign-in.ts";
import { guestWords } from "../../words/guest.ts";
import { optionsWords, overviewWords as words } from "../../words/options.ts";
import { ConnectPractice } from "../connections/connect-practice.tsx";
import { may, useWorld } from "../context.ts";
import { destinationsOf } from "../destinations.ts";
import { optionsPath } from "../route.ts";
import { readShortcuts } from "../shortcuts/shortcuts.ts";
import { nextStep, type Steps } from "./steps.ts";

/** From nothing to a first row: one thing to press at a time, each ticked off when it is done. */
export function FirstSteps({ steps }: { steps: Steps }) {
	const next = nextStep(steps);
	return (
		<section class="card steps" aria-labelledby="first-steps">
			<h2 id="first-steps">{words.firstSteps}</h2>
			<ol>
				<SignInStep done={steps.signedIn} current={next === "signedIn"} />
				<ConnectStep done={steps.connected} current={next === "connected"} />
				<CaptureStep done={steps.captured} current={next === "captured"} />
			</ol>
		</section>
	);
}

type StepProps = { done: boolean; current: boolean };

function SignInStep({ done, current }: StepProps) {
	const { settings, records } = useWorld();
	const { busy, problem, signIn } = useSignIn();
	const invitation = settings.sessionEndedAt === null ? signInBody(records.recent.length) : guestWords.ended;
	return (
		<Step
			number={1}
			done={done}
			current={current}
			title={words.signInTitle}
			body={settings.account ? words.signedInAs(settings.account.email) : (problem ?? invitation)}
		>
			<Button look="main" busy={busy} onPress={signIn}>
				{optionsWords.signIn}
			</Button>
		</Step>
	);
}

function signInBody(captures: number): string {
	return captures === 0 ? words.signInBody : words.signInBodyWaiting(captures);
}

function ConnectStep({ done, current }: StepProps) {
	const world = useWorld();
	const target = world.settings.targets[0];
	const connection = world.catalog.state === "ready" ? destinationsOf(world.catalog.value)[0] : undefined;
	const practice =
		world.catalog.state === "ready" && world.catalog.value.providers.some((one) => one.ways.includes("none"));
	const offer = practice && !connection ? words.connectBodyPractice : words.connectBody;
	const body = target ? words.connectDone(target.name, target.providerTitle) : offer;
	return (
		<Step number={2} done={done} current={current} title={words.connectTitle} body={body}>
			{connection ? (
				<ButtonLink look="main" href={optionsPath("targets", "new", connection.id)}>
					{words.finishTarget}
				</ButtonLink>
			) : (
				may(world, "connections:write") && (
					<>
						<ConnectPractice />
						<ButtonLink href={optionsPath("connections")}>{words.connectOwn}</ButtonLink>
					</>
				)
			)}
			{world.catalog.state === "failed" && (
				<>
					<p class="muted">{world.catalog.message}</p>
					<Button onPress={() => void world.reload()}>{optionsWords.tryAgain}</Button>
				</>
			)}
		</Step>
	);
}

function CaptureStep({ done, current }: StepProps) {
	const { catalog } = useWorld();
	const [keys, setKeys] = useState("");
	useEffect(() => {
		void readShortcuts().then((all) => setKeys(all.find((one) => one.name === "_execute_action")?.keys ?? ""));
	}, []);
	const home = catalog.state === "ready" ? catalog.value.providers.find((one) => one.homeUrl)?.homeUrl : undefined;
	const practises =
		catalog.state === "ready" && catalog.value.connections.some((connection) => connection.provider === "practice");
	return (
		<Step
			number={3}
			done={done}
			current={current}
			title={words.captureTitle}
			body={done ? words.firstStepsDone : words.captureBody(keys)}
			always
		>
			{home && practises && (
				<ButtonLink href={home} newTab>
					{words.seePractice}
				</ButtonLink>
			)}
		</Step>
	);
}

type StepViewProps = StepProps & {
	number: number;
	title: string;
	body: string;
	/** Shows its buttons when done too. */
	always?: boolean;
	children: ComponentChildren;
};

function Step({ number, done, current, title, body, always = false, children }: StepViewProps) {
	return (
		<li class="step" data-done={done} aria-current={current ? "step" : undefined}>
			<span class="step-number">{done ? <Icon name="tick" /> : number}</span>
			<div class="step-words">
				<h3>
					{title}
					{done && <span class="hidden-visually"> · {words.stepDone}</span>}
				</h3>
				<p class="muted">{body}</p>
			</div>
			{(current || (always && done)) && <div class="step-actions">{children}</div>}
		</li>
	);
}
