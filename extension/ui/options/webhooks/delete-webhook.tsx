import type { EventHookView } from "../../../../backend/contract/events.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { webhookWords as words } from "../../words/webhooks.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

type DeleteWebhookProps = { hook: EventHookView; onDeleted: () => Promise<void>; onCancel: () => void };

/** Asks, because its secret cannot be brought back, and names what would not be sent. */
export function DeleteWebhook({ hook, onDeleted, onCancel }: DeleteWebhookProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const remove = () =>
		run(async () => {
			await client.deleteEventHook(hook.id);
			await onDeleted();
		});
	return (
		<Confirm
			title={words.removeTitle(hook.shown)}
			confirm={words.remove}
			cancel={optionsWords.cancel}
			busy={busy ? words.removing : null}
			onConfirm={remove}
			onCancel={onCancel}
		>
			<p>{words.removeBody}</p>
			{hook.waiting > 0 && <p>{words.removeWaiting(hook.waiting)}</p>}
			<Problem>{problem}</Problem>
		</Confirm>
	);
}
