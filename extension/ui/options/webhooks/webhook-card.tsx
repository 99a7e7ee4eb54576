import { useState } from "preact/hooks";
import type { EventHookView } from "../../../../backend/contract/events.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Moment } from "../../parts/moment.tsx";
import { webhookWords as words } from "../../words/webhooks.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { DeleteWebhook } from "./delete-webhook.tsx";

type WebhookCardProps = {
	hook: EventHookView;
	writes: boolean;
	/** With the id of a webhook that is gone. */
	onChanged: (gone?: string) => Promise<void>;
};

/** One address that hears of events: how it is, and what can be done with it. */
export function WebhookCard({ hook, writes, onChanged }: WebhookCardProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const [said, setSaid] = useState<string | null>(null);
	const [deleting, setDeleting] = useState(false);
	const paused = hook.status === "paused";
	const change = () =>
		run(async () => {
			await client.changeEventHook(hook.id, { status: paused ? "active" : "paused" });
			setSaid(null);
			await onChanged();
		});
	const tryIt = () =>
		run(async () => {
			setSaid(words.trying);
			const { delivered, message } = await client.tryEventHook(hook.id);
			setSaid(delivered ? words.tried : words.notTried(message ?? ""));
		});
	return (
		<li class="card item">
			<WebhookHead hook={hook} />
			{hook.problem && <p class="item-problem">{errorSentence(hook.problem)}</p>}
			<p class={problem ? "field-problem" : "muted"} role="status">
				{problem ?? said}
			</p>
			{writes && (
				<div class="item-actions">
					<Button busy={busy ? words.working : null} onPress={tryIt}>
						{words.tryIt}
					</Button>
					<Button busy={busy ? words.working : null} onPress={change}>
						{paused ? words.resume : words.pause}
					</Button>
					<Button look="quiet" label={words.removeOf(hook.shown)} onPress={() => setDeleting(true)}>
						{words.remove}
					</Button>
				</div>
			)}
			{deleting && (
				<DeleteWebhook hook={hook} onDeleted={() => onChanged(hook.id)} onCancel={() => setDeleting(false)} />
			)}
		</li>
	);
}

function WebhookHead({ hook }: { hook: EventHookView }) {
	const { targets } = useWorld().settings;
	const paused = hook.status === "paused";
	const target = targets.find(({ id }) => id === hook.targetId);
	return (
		<>
			<div class="item-head">
				<h2 class="mono clip">{hook.shown}</h2>
				<span class="health" data-status={hook.problem ? "revoked" : paused ? "rate_limited" : "healthy"}>
					<Icon name={hook.problem ? "alert" : paused ? "pause" : "check"} />
					{paused ? words.paused : words.active}
				</span>
			</div>
			<p class="muted item-facts">
				<span>{hook.events.map((event) => words.events[event]).join(" · ")}</span>
				{hook.targetId !== null && <span>{target ? words.ofTarget(target.name) : words.ofLostTarget}</span>}
				<LastTaken at={hook.lastDeliveredAt} />
				{hook.waiting > 0 && <span>{words.waiting(hook.waiting)}</span>}
				{hook.kind === "zapier" && <span>{words.zapier}</span>}
			</p>
		</>
	);
}

function LastTaken({ at }: { at: string | null }) {
	if (at === null) return <span>{words.neverTaken}</span>;
	return <Moment instant={at} words={words.lastTaken} />;
}
