import { useState } from "preact/hooks";
import type { Table } from "../../../../backend/contract/connections.ts";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { targetWords as words } from "../../words/targets.ts";
import { TargetBulk } from "../bulk/target-bulk.tsx";
import { may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { optionsPath } from "../route.ts";
import { useRemote } from "../use-remote.ts";
import { SaveBar } from "./save-bar.tsx";
import { draftFromTarget, toTargetSettings } from "./target-draft.ts";
import { TargetForm } from "./target-form.tsx";
import { TriggerSection } from "./trigger-section.tsx";
import { useTable, withNamed } from "./use-table.ts";
import { whereabouts } from "./whereabouts.ts";

/** Changes a target's columns, key, name and rhythm. Its columns are asked for afresh: they may have changed at the provider. */
export function EditTarget({ target }: { target: TargetView }) {
	const world = useWorld();
	const { client, online } = world;
	const [tables, reload] = useRemote(target.connectionId, () => client.connectionTables(target.connectionId));
	return (
		<>
			<p class="lead">{whereabouts(target)}</p>
			{target.problem && (
				<p class="item-problem">{errorSentence(target.problem, { provider: target.providerTitle })}</p>
			)}
			<RemoteView remote={tables} what={words.tables} online={online} onReload={reload}>
				{(found) => <EditForm target={target} tables={found} />}
			</RemoteView>
			{may(world, "records:write") && <TargetBulk targetId={target.id} />}
			{may(world, "targets:write") && <TriggerSection targetId={target.id} />}
		</>
	);
}

function EditForm({ target, tables }: { target: TargetView; tables: readonly Table[] }) {
	const { client, reload } = useWorld();
	const found = tables.find((one) => one.id === target.tableId && one.container.id === target.containerId);
	const [seen, addColumns] = useTable(target.connectionId, found ?? null);
	const table = seen && withNamed(seen, target.columns);
	const [draft, setDraft] = useState(() => draftFromTarget(target, table?.fields ?? []));
	if (!table) {
		return (
			<Empty
				icon="alert"
				action={<ButtonLink href={optionsPath("connections", target.connectionId)}>{words.openConnection}</ButtonLink>}
			>
				{words.tableGone(target.tableName)}
			</Empty>
		);
	}
	const save = async () => {
		await client.changeTarget(target.id, toTargetSettings(draft));
		await reload();
		location.href = optionsPath("targets");
	};
	return (
		<>
			<TargetForm
				draft={draft}
				place={{ connectionId: target.connectionId, table, targetId: target.id }}
				target={target}
				providerId={target.provider}
				onChange={setDraft}
				onColumns={addColumns}
			/>
			<SaveBar draft={draft} onSave={save} />
		</>
	);
}
