import { useEffect, useId, useState } from "preact/hooks";
import type { ProfileList, Table } from "../../../backend/contract/connections.ts";
import type { SourceView } from "../../../backend/contract/selections.ts";
import { Combobox } from "../parts/combobox.tsx";
import { Soon } from "../parts/soon.tsx";
import { pickWords as words } from "../words/pick.ts";
import { PickFailure } from "./pick-failure.tsx";
import type { PickWorld } from "./pick-pane.tsx";
import { type ChosenPlace, placeOf, tableKey, tablesCalled } from "./places.ts";
import { useAsked } from "./use-asked.ts";

type ChoosePlaceProps = {
	world: PickWorld;
	source: SourceView;
	chosen: ChosenPlace | null;
	onChoose: (place: ChosenPlace | null) => void;
};

/** Which of the login's accounts, where it reaches several, and which of their tables. */
export function ChoosePlace({ world, source, chosen, onChoose }: ChoosePlaceProps) {
	const { client, online } = world;
	const { connectionId } = source;
	const [profileId, setProfileId] = useState<string | null>(null);
	const { asked, again } = useAsked(connectionId, async () => {
		const [found, tables] = await Promise.all([
			client.connectionProfiles(connectionId),
			client.sourceTables(connectionId),
		]);
		return { found, tables };
	});
	useEffect(() => {
		if (online && asked.state === "failed") again();
	}, [online]);
	if (asked.state === "loading") return <Soon>{words.looking.tables}</Soon>;
	if (asked.state === "failed") {
		return <PickFailure failure={asked.failure} {...{ online, connectionId }} onAgain={again} />;
	}
	const { found, tables } = asked.value;
	const profile = profileId ?? firstProfile(found);
	const chooseProfile = (id: string) => {
		setProfileId(id);
		const table = tables.find((one) => one.id === chosen?.place.tableId);
		onChoose(table ? placeOf(table, id) : null);
	};
	if (tables.length === 0) return <p class="muted">{words.noTables}</p>;
	return (
		<>
			{found.profiles.length > 0 && <ChooseProfile found={found} chosen={profile} onChoose={chooseProfile} />}
			{(found.profiles.length === 0 || profile !== null) && (
				<ChooseTable tables={tables} chosen={chosen} onChoose={(table) => onChoose(placeOf(table, profile))} />
			)}
		</>
	);
}

/** The one that the connection works with, where it is still reached; the only one; or none. */
function firstProfile({ profiles, chosen }: ProfileList): string | null {
	if (profiles.some(({ id }) => id === chosen)) return chosen;
	return profiles.length === 1 ? (profiles[0]?.id ?? null) : null;
}

type ChooseProfileProps = { found: ProfileList; chosen: string | null; onChoose: (id: string) => void };

function ChooseProfile({ found, chosen, onChoose }: ChooseProfileProps) {
	const id = useId();
	return (
		<div class="pick-choice">
			<label for={id}>{words.profile}</label>
			<select id={id} class="input" value={chosen ?? ""} onChange={(event) => onChoose(event.currentTarget.value)}>
				{chosen === null && <option value="">{words.chooseProfile}</option>}
				{found.profiles.map((one) => (
					<option key={one.id} value={one.id}>
						{words.profileOption(one.name, one.detail)}
					</option>
				))}
			</select>
		</div>
	);
}

type ChooseTableProps = {
	tables: readonly Table[];
	chosen: ChosenPlace | null;
	onChoose: (table: Table) => void;
};

/** Found by typing: an account may show hundreds. */
function ChooseTable({ tables, chosen, onChoose }: ChooseTableProps) {
	const id = useId();
	const optionOf = (table: Table) => ({ id: tableKey(table), text: table.name, note: table.container.name });
	const none = { id: "", text: "", note: "" };
	return (
		<div class="pick-choice">
			<label for={id}>{words.table}</label>
			<Combobox
				id={id}
				label={words.table}
				chosen={chosen === null ? none : { ...none, text: chosen.name }}
				placeholder={words.chooseTable}
				find={(typed) => tablesCalled(tables, typed).map(optionOf)}
				onChoose={(key) => {
					const table = tables.find((one) => tableKey(one) === key);
					if (table) onChoose(table);
				}}
				words={{ none: words.noTableCalled, found: words.tablesFound }}
			/>
		</div>
	);
}
