import type { InviteCreated } from "../../../../backend/contract/workspaces.ts";
import { CopyField } from "../../parts/copy-field.tsx";
import { longWhen, untilWhen } from "../../when.ts";
import { workspaceWords as words } from "../../words/workspace.ts";

/** The link of a new invite, shown this once: only its hash is kept at the server. */
export function InviteLink({ invite }: { invite: InviteCreated }) {
	const expires = Date.parse(invite.expiresAt);
	return (
		<div class="card item shown-once">
			<CopyField
				label={words.inviteLink}
				value={invite.url}
				copy={words.copy}
				note={{ words: words.shownOnce(untilWhen(expires, Date.now())), title: longWhen(expires) }}
				first
			/>
		</div>
	);
}
