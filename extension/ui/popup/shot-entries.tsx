import { useState } from "preact/hooks";
import type { CapturedDocument } from "../../capture/draft.ts";
import { ask } from "../../messages/ask.ts";
import type { ShotAnswer, ShotOf } from "../../shots/shot.ts";
import { Button } from "../parts/button.tsx";
import { Icon, type IconName } from "../parts/icon.tsx";
import { Problem } from "../parts/problem.tsx";
import { pictureWords as words } from "../words/pictures.ts";

type ShotEntriesProps = {
	page: CapturedDocument;
	onTaken: (address: string) => void;
	/** There is nothing more to be said. */
	onDone: () => void;
};

const entries: readonly { of: ShotOf; icon: IconName }[] = [
	{ of: "visible", icon: "image" },
	{ of: "element", icon: "pick" },
	{ of: "page", icon: "page" },
];

/** The ways to take a picture of the page. The background takes it, because a press beside the popup closes it. */
export function ShotEntries({ page, onTaken, onDone }: ShotEntriesProps) {
	const [taking, setTaking] = useState<ShotOf | null>(null);
	const [note, setNote] = useState<string | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const take = async (of: ShotOf) => {
		setTaking(of);
		setProblem(null);
		setNote(null);
		const answer = await ask("shots.take", { of, document: page }).catch(notAnswered);
		setTaking(null);
		if (answer.kind === "taken") {
			onTaken(answer.address);
			if (answer.isCut) setNote(words.cut);
			else onDone();
		}
		// The page has to be seen for an element to be pressed; the popup is opened again with its picture.
		if (answer.kind === "choosing") window.close();
		if (answer.kind === "failed") setProblem(words.failed(answer.because));
		if (answer.kind === "not-kept") setProblem(answer.message);
	};
	if (taking !== null && taking !== "element") return <Taking of={taking} />;
	return (
		<div role="group" aria-label={words.shots}>
			<p class="muted">{words.shots}</p>
			{entries.map(({ of, icon }) => (
				<button type="button" class="menu-item" key={of} onClick={() => void take(of)}>
					<Icon name={icon} />
					<span class="menu-item-text">{words.of[of]}</span>
				</button>
			))}
			{note && <p role="status">{note}</p>}
			<Problem>{problem}</Problem>
		</div>
	);
}

function Taking({ of }: { of: ShotOf }) {
	const stop = () => void ask("shots.stop", {}).catch(() => undefined);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		// Only the picture ends, and not what it is for.
		event.preventDefault();
		event.stopPropagation();
		stop();
	};
	return (
		<div class="shot-taking" onKeyDown={onKeyDown} ref={(box) => box?.querySelector("button")?.focus()}>
			<p role="status">{of === "page" ? words.takingPage : words.takingVisible}</p>
			<Button size="small" onPress={stop}>
				{words.stop}
			</Button>
		</div>
	);
}

function notAnswered(error: unknown): ShotAnswer {
	return { kind: "not-kept", message: error instanceof Error ? error.message : String(error) };
}
