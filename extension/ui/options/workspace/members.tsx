import type { Role } from "../../../../backend/contract/users.ts";
import type { MemberView } from "../../../../backend/contract/workspaces.ts";
import { Badge } from "../../parts/badge.tsx";
import { initialsOf } from "../../parts/initials.ts";
import { Moment } from "../../parts/moment.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Row } from "../../parts/row.tsx";
import { roleWords } from "../../words/roles.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import type { Remote } from "../use-remote.ts";
import { MemberActions } from "./member-actions.tsx";
import { type MemberChoices, memberChoices, memberName, ownerNames } from "./member-choices.ts";

type MembersProps = { workspaceId: string; members: Remote<MemberView[]>; onChanged: () => Promise<void> };

/** Who works here, and what can be done about it; what this role may not do is said, with whom to ask. */
export function Members({ workspaceId, members, onChanged }: MembersProps) {
	const world = useWorld();
	const permissions = world.settings.account?.permissions ?? [];
	return (
		<section class="section" aria-labelledby="workspace-members">
			<h2 id="workspace-members">{words.members}</h2>
			<RemoteView remote={members} what={words.what} online={world.online} onReload={onChanged} lines={3}>
				{(list) => (
					<>
						<ul class="card rows">
							{list.map((member) => (
								<MemberRow
									key={member.userId}
									workspaceId={workspaceId}
									member={member}
									choices={memberChoices(member, list, permissions)}
									onChanged={onChanged}
								/>
							))}
						</ul>
						{!may(world, "members:write") && <p class="muted">{words.ask(ownerNames(list))}</p>}
					</>
				)}
			</RemoteView>
		</section>
	);
}

type MemberRowProps = {
	workspaceId: string;
	member: MemberView;
	choices: MemberChoices;
	onChanged: () => Promise<void>;
};

function MemberRow({ workspaceId, member, choices, onChanged }: MemberRowProps) {
	const { busy, problem, give } = useRole({ workspaceId, member, onChanged });
	const name = memberName(member);
	return (
		<Row
			mark={{ initials: initialsOf(name) }}
			title={
				<>
					<span>{name}</span>
					{member.you && <Badge>{words.you}</Badge>}
				</>
			}
			notes={[
				name === member.email ? null : member.email,
				<Moment key="joined" instant={member.joinedAt} words={words.joined} />,
			]}
			reason={choices.because}
		>
			{choices.roles.length > 0 ? (
				<select
					class="input role"
					aria-label={words.roleOf(name)}
					aria-busy={busy}
					value={member.role}
					onChange={(event) => give(event.currentTarget.value as Role)}
				>
					{choices.roles.map((role) => (
						<option key={role} value={role}>
							{roleWords.roles[role]}
						</option>
					))}
				</select>
			) : (
				<span class="role-told">{roleWords.roles[member.role]}</span>
			)}
			<MemberActions workspaceId={workspaceId} member={member} choices={choices} onChanged={onChanged} />
			<Problem>{problem}</Problem>
		</Row>
	);
}

/** A role is given at once, and can be taken back with one press. */
function useRole({ workspaceId, member, onChanged }: Omit<MemberRowProps, "choices">) {
	const { client, offerUndo } = useWorld();
	const { busy, problem, run } = useDoing();
	const set = async (role: Role) => {
		try {
			await client.changeMember(workspaceId, member.userId, { role });
		} finally {
			// Refused or not, the list says what is.
			await onChanged();
		}
	};
	const give = (role: Role) =>
		run(async () => {
			await set(role);
			offerUndo({ words: words.changedRole(memberName(member), roleWords.as[role]), undo: () => set(member.role) });
		});
	return { busy, problem, give };
}
