import type { ComponentChildren } from "preact";
import { Button } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { RowOutline } from "../parts/row.tsx";
import { Soon } from "../parts/soon.tsx";
import { optionsWords } from "../words/options.ts";
import type { Remote } from "./use-remote.ts";

type RemoteViewProps<Value> = {
	remote: Remote<Value>;
	/** What is being loaded, for "Loading your targets". */
	what: string;
	online: boolean;
	/** As many outlines of lines as are likely to come. */
	lines?: number;
	onReload: () => Promise<void>;
	children: (value: Value) => ComponentChildren;
};

/** Draws what the backend answered, or one sentence and one button about why it is not there. */
export function RemoteView<Value>({ remote, what, online, lines, onReload, children }: RemoteViewProps<Value>) {
	if (remote.state === "ready") return <>{children(remote.value)}</>;
	if (remote.state === "loading")
		return lines === undefined ? <Loading what={what} /> : <Lines what={what} lines={lines} />;
	const broken = (
		<Empty
			icon={online ? "alert" : "offline"}
			action={<Button onPress={() => void onReload()}>{optionsWords.tryAgain}</Button>}
		>
			{online ? remote.message : optionsWords.offline}
		</Empty>
	);
	return lines === undefined ? broken : <div class="card">{broken}</div>;
}

function Lines({ what, lines }: { what: string; lines: number }) {
	return (
		<div aria-busy="true">
			<RowOutline count={lines} />
			<p class="hidden-visually" role="status">
				{optionsWords.loading(what)}
			</p>
		</div>
	);
}

export function Loading({ what }: { what: string }) {
	return <Soon>{optionsWords.loading(what)}</Soon>;
}
