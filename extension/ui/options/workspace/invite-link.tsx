import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { InviteCreated } from "../../../../backend/contract/workspaces.ts";
import { Button } from "../../parts/button.tsx";
import { longWhen, untilWhen } from "../../when.ts";
import { workspaceWords as words } from "../../words/workspace.ts";

/** The link of a new invite, shown this once: only its hash is kept at the server. */
export function InviteLink({ invite }: { invite: InviteCreated }) {
	const input = useRef<HTMLInputElement>(null);
	const [said, setSaid] = useState("");
	const id = useId();
	// It is there to be copied: the link is selected, and the button is the next stop.
	useEffect(() => input.current?.select(), []);
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(invite.url);
			setSaid(words.copied);
		} catch {
			input.current?.select();
			setSaid(words.copyFailed);
		}
	};
	const expires = Date.parse(invite.expiresAt);
	return (
		<div class="card item invite-link">
			<div class="form-line">
				<label for={id}>{words.inviteLink}</label>
				<div class="form-row">
					<input
						ref={input}
						id={id}
						class="input mono"
						readOnly
						aria-describedby={`${id}-note`}
						value={invite.url}
						onFocus={(event) => event.currentTarget.select()}
					/>
					<Button look="main" icon={said === words.copied ? "tick" : "copy"} onPress={() => void copy()}>
						{said === words.copied ? words.copied : words.copy}
					</Button>
				</div>
			</div>
			<p id={`${id}-note`} class="muted" title={longWhen(expires)}>
				{words.shownOnce(untilWhen(expires, Date.now()))}
			</p>
			<p class={said === words.copied ? "hidden-visually" : "muted"} role="status">
				{said}
			</p>
		</div>
	);
}
