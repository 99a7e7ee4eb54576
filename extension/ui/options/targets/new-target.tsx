import { useEffect, useState } from "preact/hooks";
import type { ConnectionView, Table } from "../../../../backend/contract/connections.ts";
import { chooseTarget } from "../../../settings/choose-target.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { optionsWords } from "../../words/options.ts";
import { targetWords as words } from "../../words/targets.ts";
import { type Catalog, may, useWorld } from "../context.ts";
import { destinationsOf } from "../destinations.ts";
import { RemoteView } from "../remote-view.tsx";
import { optionsPath } from "../route.ts";
import { useRemote } from "../use-remote.ts";
import { capturableFields } from "./captured-fields.ts";
import { firstTable, tableKey } from "./choose-table.ts";
import { SaveBar } from "./save-bar.tsx";
import { Suggested } from "./suggested.tsx";
import { TablePicker } from "./table-picker.tsx";
import { draftFromSuggestion, type TargetDraft, targetProblem, toTargetSettings } from "./target-draft.ts";
import { TargetForm } from "./target-form.tsx";
import { useTable } from "./use-table.ts";

/** From a connection to a saved target. Everything is suggested first, so that one press can be enough. */
export function NewTarget({ catalog, connectionId }: { catalog: Catalog; connectionId: string | null }) {
	const world = useWorld();
	const destinations = destinationsOf(catalog);
	const [chosenId, choose] = useState(connectionId ?? destinations[0]?.id ?? "");
	const connection = destinations.find((one) => one.id === chosenId);
	if (!may(world, "targets:write"))
		return <Empty icon="table">{optionsWords.viewer(world.settings.account?.workspaceName ?? "")}</Empty>;
	if (!connection) {
		return (
			<Empty
				icon="plug"
				action={
					<ButtonLink look="main" href={optionsPath("connections")}>
						{words.connectFirst}
					</ButtonLink>
				}
			>
				{words.noConnection}
			</Empty>
		);
	}
	return (
		<>
			{destinations.length > 1 && (
				<section class="form-part">
					<h2>{words.connection}</h2>
					<div class="choices">
						{destinations.map((one) => (
							<label class="choice" key={one.id}>
								<input
									class="check"
									type="radio"
									name="connection"
									checked={one.id === chosenId}
									onChange={() => choose(one.id)}
								/>
								{one.name}
								<span class="muted">{one.account}</span>
							</label>
						))}
					</div>
				</section>
			)}
			<TablesOf key={connection.id} connection={connection} />
		</>
	);
}

function TablesOf({ connection }: { connection: ConnectionView }) {
	const { client, online } = useWorld();
	const [tables, reload] = useRemote(connection.id, () => client.connectionTables(connection.id));
	return (
		<RemoteView remote={tables} what={words.tables} online={online} onReload={reload}>
			{(found) =>
				found.length > 0 ? (
					<ChooseAndMap connection={connection} tables={found} />
				) : (
					<Empty icon="table" action={<Button onPress={() => void reload()}>{optionsWords.tryAgain}</Button>}>
						{words.noTables}
					</Empty>
				)
			}
		</RemoteView>
	);
}

function ChooseAndMap({ connection, tables }: { connection: ConnectionView; tables: Table[] }) {
	const { client, records, online } = useWorld();
	const [table, setTable] = useState(() => firstTable(tables) ?? tables[0]);
	// Opened by hand, or by a suggestion that cannot be used as it is.
	const [details, setDetails] = useState(false);
	const [suggestion, suggestAgain] = useRemote(table ? tableKey(table) : null, () =>
		client.suggestMapping({
			connectionId: connection.id,
			tableId: table?.id ?? "",
			fields: capturableFields(records.recent),
			samples: records.recent[0]?.fields ?? {},
		}),
	);
	if (!table) return null;
	return (
		<>
			{details && (
				<section class="form-part">
					<h2>{words.table}</h2>
					<TablePicker tables={tables} chosen={table} onChoose={setTable} />
				</section>
			)}
			<RemoteView remote={suggestion} what={words.suggesting} online={online} onReload={suggestAgain}>
				{(value) => (
					<Compose
						key={tableKey(table)}
						connection={connection}
						table={table}
						suggested={draftFromSuggestion(table, value)}
						details={details}
						onDetails={() => setDetails(true)}
					/>
				)}
			</RemoteView>
		</>
	);
}

type ComposeProps = {
	connection: ConnectionView;
	table: Table;
	suggested: TargetDraft;
	details: boolean;
	onDetails: () => void;
};

function Compose({ connection, table: found, suggested, details, onDetails }: ComposeProps) {
	const { client, reload } = useWorld();
	const [table, addColumns] = useTable(connection.id, found);
	const [draft, setDraft] = useState(suggested);
	const ready = targetProblem(suggested) === null;
	useEffect(() => {
		if (!ready) onDetails();
	}, [ready]);
	const save = async () => {
		const created = await client.createTarget({
			...toTargetSettings(draft),
			connectionId: connection.id,
			tableId: table.id,
			containerId: table.container.id,
		});
		await chooseTarget(created.id);
		await reload();
		location.href = optionsPath("overview");
	};
	if (!details && ready) return <Suggested draft={draft} table={table} onUse={save} onChange={onDetails} />;
	return (
		<>
			<TargetForm
				draft={draft}
				place={{ connectionId: connection.id, table, targetId: null }}
				target={null}
				providerId={connection.provider}
				onChange={setDraft}
				onColumns={addColumns}
			/>
			<SaveBar draft={draft} onSave={save} />
		</>
	);
}
