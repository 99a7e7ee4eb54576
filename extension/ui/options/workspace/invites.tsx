import { useId, useState } from "preact/hooks";
import type { InviteCreated, InviteRole, InviteView } from "../../../../backend/contract/workspaces.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Row } from "../../parts/row.tsx";
import { longWhen, untilWhen } from "../../when.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";
import { InviteLink } from "./invite-link.tsx";
import { inviteRoles } from "./member-choices.ts";

/** How long a link may work. The server takes 1 to 30 days. */
const dayChoices = [1, 7, 30] as const;
const defaultDays = 7;

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

type CreateInviteProps = { workspaceId: string; onMade: (invite: InviteCreated) => Promise<void> };

function CreateInvite({ workspaceId, onMade }: CreateInviteProps) {
	const { client } = useWorld();
	const [role, setRole] = useState<InviteRole>("member");
	const [days, setDays] = useState(defaultDays);
	const { busy, problem, run } = useDoing();
	const id = useId();
	const create = (event: Event) => {
		event.preventDefault();
		run(async () => onMade(await client.createInvite(workspaceId, { role, expiresInDays: days })));
	};
	return (
		<form class="card form invite-form" onSubmit={create}>
			<div class="form-part form-pair">
				<div class="form-line">
					<label for={`${id}-role`}>{words.inviteRole}</label>
					<select
						id={`${id}-role`}
						class="input"
						value={role}
						aria-describedby={`${id}-note`}
						onChange={(event) => setRole(event.currentTarget.value as InviteRole)}
					>
						{inviteRoles.map((one) => (
							<option key={one} value={one}>
								{words.roles[one]}
							</option>
						))}
					</select>
				</div>
				<div class="form-line">
					<label for={`${id}-days`}>{words.inviteDays}</label>
					<select
						id={`${id}-days`}
						class="input"
						value={days}
						onChange={(event) => setDays(Number(event.currentTarget.value))}
					>
						{dayChoices.map((count) => (
							<option key={count} value={count}>
								{words.days(count)}
							</option>
						))}
					</select>
				</div>
			</div>
			<p id={`${id}-note`} class="muted form-note">
				{words.roles[role]}: {words.roleNotes[role]}
			</p>
			<Problem>{problem}</Problem>
			<div class="form-buttons">
				<SubmitButton busy={busy ? words.creatingInvite : null}>{words.createInvite}</SubmitButton>
			</div>
		</form>
	);
}

type InviteRowProps = { workspaceId: string; invite: InviteView; onRevoked: () => Promise<void> };

function InviteRow({ workspaceId, invite, onRevoked }: InviteRowProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const expires = Date.parse(invite.expiresAt);
	const role = words.roles[invite.role];
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
