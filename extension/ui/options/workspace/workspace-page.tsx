import type { Account } from "../../../settings/account.ts";
import { roleHere } from "../../local/may.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { may, useWorld } from "../context.ts";
import { Loading } from "../remote-view.tsx";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { useRemote } from "../use-remote.ts";
import { DeleteWorkspace } from "./delete-workspace.tsx";
import { Invites } from "./invites.tsx";
import { Members } from "./members.tsx";
import { MoreWorkspaces } from "./more-workspaces.tsx";
import { WorkspaceName } from "./workspace-name.tsx";

/** @param adding the address asks for a new workspace: its input has the focus. */
export function WorkspacePage({ adding }: { adding: boolean }) {
	const world = useWorld();
	const { account } = world.settings;
	if (!account) return <SignInNeeded>{words.guest}</SignInNeeded>;
	const here = account.workspaces.find(({ id }) => id === account.workspaceId);
	return (
		<>
			<p class="lead">{words.lead}</p>
			{here === undefined && <Loading what={words.whatWorkspace} />}
			{here?.personal && <Personal name={here.name} />}
			{here && !here.personal && <Shared account={account} workspaceId={here.id} />}
			<MoreWorkspaces account={account} adding={adding} />
			{here && !here.personal && may(world, "workspace:own") && (
				<DeleteWorkspace workspaceId={here.id} name={account.workspaceName} />
			)}
		</>
	);
}

function Personal({ name }: { name: string }) {
	return (
		<section class="card item" aria-label={name}>
			<h2>{name}</h2>
			<p class="prose">{words.personal}</p>
			<p class="muted prose">{words.personalShare}</p>
		</section>
	);
}

function Shared({ account, workspaceId }: { account: Account; workspaceId: string }) {
	const world = useWorld();
	const { client, online } = world;
	const [members, reload] = useRemote(`${workspaceId} ${online}`, () => client.members(workspaceId));
	return (
		<>
			<WorkspaceName workspaceId={workspaceId} name={account.workspaceName} role={roleHere(account)} />
			<Members workspaceId={workspaceId} members={members} onChanged={reload} />
			{may(world, "members:write") && <Invites workspaceId={workspaceId} />}
		</>
	);
}
