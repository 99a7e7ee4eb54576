import { useState } from "preact/hooks";
import { ask } from "../../messages/ask.ts";
import { roleWords } from "../words/roles.ts";

export type WorkspaceSwitch = {
	/** The name of the workspace that is being switched to. */
	busy: string | null;
	problem: string | null;
	switchTo: (workspace: { id: string; name: string }) => void;
	forget: () => void;
};

/** The background does it and writes account and targets; every open page follows what it writes. */
export function useSwitchWorkspace(): WorkspaceSwitch {
	const [busy, setBusy] = useState<string | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const switchTo = async ({ id, name }: { id: string; name: string }) => {
		setBusy(name);
		setProblem(null);
		try {
			const answer = await ask("session.switchWorkspace", { workspaceId: id });
			if (answer.kind !== "switched") setProblem(roleWords.switchFailed(answer.message));
		} catch (error) {
			setProblem(roleWords.switchFailed(error instanceof Error ? error.message : ""));
		} finally {
			setBusy(null);
		}
	};
	return {
		busy,
		problem,
		switchTo: (workspace) => {
			if (busy === null) void switchTo(workspace);
		},
		forget: () => setProblem(null),
	};
}
