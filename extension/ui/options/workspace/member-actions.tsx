import { useState } from "preact/hooks";
import type { MemberView } from "../../../../backend/contract/workspaces.ts";
import { ask } from "../../../messages/ask.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuEntry } from "../../parts/menu.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { type MemberChoices, memberName } from "./member-choices.ts";

type MemberActionsProps = {
	workspaceId: string;
	member: MemberView;
	choices: MemberChoices;
	onChanged: () => Promise<void>;
};

type Deed = "remove" | "transfer" | "leave";

/** What cannot be undone by the one who does it: removing, handing over, leaving. Each asks first. */
export function MemberActions({ choices, ...rest }: MemberActionsProps) {
	const [doing, setDoing] = useState<Deed | null>(null);
	const entries: MenuEntry[] = [];
	if (choices.canReceive) entries.push({ label: words.transfer, icon: "key", onPress: () => setDoing("transfer") });
	if (choices.canRemove) entries.push({ label: words.remove, icon: "trash", onPress: () => setDoing("remove") });
	return (
		<>
			{choices.canLeave && (
				<Button look="quiet" onPress={() => setDoing("leave")}>
					{words.leave}
				</Button>
			)}
			{entries.length > 0 && (
				<Menu class="button item-more" label={words.moreFor(memberName(rest.member))} entries={entries}>
					<Icon name="more" />
				</Menu>
			)}
			{doing && <AskFirst deed={doing} onDone={() => setDoing(null)} {...rest} />}
		</>
	);
}

type AskFirstProps = Omit<MemberActionsProps, "choices"> & { deed: Deed; onDone: () => void };

function AskFirst({ deed, onDone, ...rest }: AskFirstProps) {
	const { title, body, confirm, busyWords, work } = useDeeds(rest)[deed];
	const { busy, problem, run } = useDoing();
	return (
		<Confirm
			title={title}
			confirm={confirm}
			cancel={optionsWords.cancel}
			busy={busy ? busyWords : null}
			onConfirm={() =>
				run(async () => {
					await work();
					onDone();
				})
			}
			onCancel={onDone}
		>
			<p>{body}</p>
			<Problem>{problem}</Problem>
		</Confirm>
	);
}

type DeedWords = { title: string; body: string; confirm: string; busyWords: string; work: () => Promise<void> };

function useDeeds({ workspaceId, member, onChanged }: Omit<MemberActionsProps, "choices">): Record<Deed, DeedWords> {
	const { client, settings } = useWorld();
	const name = memberName(member);
	const workspace = settings.account?.workspaceName ?? "";
	return {
		remove: {
			title: words.removeTitle(name),
			body: words.removeBody(name, workspace),
			confirm: words.removeNow,
			busyWords: words.removing,
			work: async () => {
				await client.removeMember(workspaceId, member.userId);
				await onChanged();
			},
		},
		transfer: {
			title: words.transferTitle(name),
			body: words.transferBody(name),
			confirm: words.transferNow,
			busyWords: words.transferring,
			work: async () => {
				await client.transferWorkspace(workspaceId, member.userId);
				await ask("account.refresh", {});
				await onChanged();
			},
		},
		leave: {
			title: words.leaveTitle(workspace),
			body: words.leaveBody,
			confirm: words.leave,
			busyWords: words.leaving,
			work: async () => {
				await client.leaveWorkspace(workspaceId);
				// The server works in the personal one from now on; this device follows.
				await ask("account.refresh", {});
			},
		},
	};
}
