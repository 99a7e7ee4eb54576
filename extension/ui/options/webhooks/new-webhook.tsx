import { useId, useState } from "preact/hooks";
import type { EventHookCreated, EventType } from "../../../../backend/contract/events.ts";
import { SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { webhookWords as words } from "../../words/webhooks.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { EventChoice } from "./event-choice.tsx";

type NewWebhookProps = {
	/** A secret is there to be copied, and that is the next thing to press. */
	another: boolean;
	onMade: (hook: EventHookCreated) => Promise<void>;
};

const usualEvents: readonly EventType[] = ["record.delivered", "record.needs_you"];

/** The form of a new webhook. The server asks the address before it keeps it. */
export function NewWebhook({ another, onMade }: NewWebhookProps) {
	const { client } = useWorld();
	const [url, setUrl] = useState("");
	const [events, setEvents] = useState(usualEvents);
	const [targetId, setTargetId] = useState("");
	const [missing, setMissing] = useState<string | null>(null);
	const { busy, problem, run } = useDoing();
	const id = useId();
	const add = (event: Event) => {
		event.preventDefault();
		const lacks = events.length === 0 ? words.choose : /^https?:\/\/./.test(url.trim()) ? null : words.addressMissing;
		setMissing(lacks);
		if (lacks !== null) return;
		run(async () => {
			const of = targetId === "" ? {} : { targetId };
			await onMade(await client.createEventHook({ url: url.trim(), events: [...events], ...of }));
			setUrl("");
		});
	};
	return (
		<section class="section" aria-labelledby={`${id}-title`}>
			<h2 id={`${id}-title`}>{words.add}</h2>
			<form class="card form" onSubmit={add} noValidate>
				<div class="form-line">
					<label for={id}>{words.address}</label>
					<input
						id={id}
						class="input mono"
						type="url"
						autocomplete="off"
						placeholder={words.addressHint}
						value={url}
						onInput={(event) => setUrl(event.currentTarget.value)}
					/>
				</div>
				<EventChoice chosen={events} onChange={setEvents} />
				<TargetChoice chosen={targetId} onChoose={setTargetId} />
				<Problem>{missing ?? problem}</Problem>
				<div class="form-buttons">
					<SubmitButton look={another ? "plain" : "main"} busy={busy ? words.adding : null}>
						{words.addNow}
					</SubmitButton>
				</div>
			</form>
		</section>
	);
}

/** The records of one target, or of all. @param chosen empty: all */
function TargetChoice({ chosen, onChoose }: { chosen: string; onChoose: (targetId: string) => void }) {
	const { targets } = useWorld().settings;
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{words.which}</label>
			<select id={id} class="input" value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
				<option value="">{words.everyTarget}</option>
				{targets.map((target) => (
					<option key={target.id} value={target.id}>
						{target.name}
					</option>
				))}
			</select>
		</div>
	);
}
