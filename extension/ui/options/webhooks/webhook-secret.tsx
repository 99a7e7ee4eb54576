import { CopyField } from "../../parts/copy-field.tsx";
import { webhookWords as words } from "../../words/webhooks.ts";

/** The secret of a new webhook, shown this once: the server only ever signs with it from now on. */
export function WebhookSecret({ secret }: { secret: string }) {
	return (
		<div class="card item shown-once">
			<CopyField label={words.secret} value={secret} copy={words.copySecret} note={{ words: words.shownOnce }} first />
		</div>
	);
}
