import { useState } from "preact/hooks";
import type { InviteCreated, InviteView } from "../../../../backend/contract/workspaces.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Row } from "../../parts/row.tsx";
import { longWhen, untilWhen } from "../../when.ts";
import { roleWords } from "../../words/roles.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";
import { CreateInvite } from "./create-invite.tsx";
import { InviteLink } from "./invite-link.tsx";

/** Links that let somebody in: a new one is shown once, open ones can be revoked. */
export function Invites({ workspaceId }: { workspaceId: string }) {
	const { client, online } = useWorld();
	const [invites, reload] = useRemote(`${workspaceId} ${online}`, () => client.invites(workspaceId));
	const [made, setMade] = useState<InviteCreated | null>(null);
	const [said, setSaid] = useState("");
	const revoked = async (id: string) => {
		if (made?.id === id) setMade(null);
		await reload();
		setSaid(words.revoked);
	};
	return (
		<section class="section" aria-labelledby="workspace-invites">
			<h2 id="workspace-invites">{words.invites}</h2>
			<p class="muted prose">{words.invitesNote}</p>
			<CreateInvite
				workspaceId={workspaceId}
				another={made !== null}
				onMade={async (invite) => {
					setMade(invite);
					await reload();
				}}
			/>
			{made && <InviteLink key={made.id} invite={made} />}
			<RemoteView remote={invites} what={words.whatInvites} online={online} onReload={reload} lines={1}>
				{(list) =>
					list.length === 0 ? (
						<p class="muted">{words.noInvites}</p>
					) : (
						<ul class="card rows">
							{list.map((invite) => (
								<InviteRow
									key={invite.id}
									workspaceId={workspaceId}
									invite={invite}
									onRevoked={() => revoked(invite.id)}
								/>
							))}
						</ul>
					)
				}
			</RemoteView>
			<p class="section-said muted" role="status">
				{said}
			</p>
		</section>
	);
}

type InviteRowProps = { workspaceId: string; invite: InviteView; onRevoked: () => Promise<void> };

function InviteRow({ workspaceId, invite, onRevoked }: InviteRowProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const expires = Date.parse(invite.expiresAt);
	const role = roleWords.roles[invite.role];
	const revoke = () =>
		run(async () => {
			await client.deleteInvite(workspaceId, invite.id);
			await onRevoked();
		});
	return (
		<Row
			mark={{ icon: "link" }}
			title={words.inviteAs(role)}
			notes={[
				<span key="expires" title={longWhen(expires)}>
					{words.expires(untilWhen(expires, Date.now()))}
				</span>,
				invite.invitedBy === "" ? null : words.invitedBy(invite.invitedBy),
			]}
		>
			<Button look="quiet" label={words.revokeOf(role)} busy={busy ? words.revoking : null} onPress={revoke}>
				{words.revoke}
			</Button>
			<Problem>{problem}</Problem>
		</Row>
	);
}
