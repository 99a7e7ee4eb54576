import { useEffect, useRef, useState } from "preact/hooks";
import type { SourceSchema } from "../../../backend/contract/sources.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import { gridWords } from "../words/grid.ts";
import { pickWords as words } from "../words/pick.ts";
import { Conditions } from "./conditions.tsx";
import { withColumn } from "./picked.ts";
import type { Picking } from "./use-picking.ts";

/** Typing rests so long before the source is asked. */
const restMs = 300;

/** What narrows the list: a text, conditions; and which columns travel. */
export function PickTools({ picking, schema }: { picking: Picking; schema: SourceSchema }) {
	const { picked, change } = picking;
	const [isOpen, setOpen] = useState(false);
	const all = schema.columns.map(({ id }) => id);
	const canFilter = schema.columns.some(({ operators }) => operators.length > 0);
	return (
		<div class="pick-tools">
			{schema.columns.some(({ searchable }) => searchable) && (
				<Search text={picked.search ?? ""} onSearch={(text) => change({ search: text === "" ? null : text })} />
			)}
			{canFilter && <Button onPress={() => setOpen(true)}>{words.conditions(picked.filter.length)}</Button>}
			<Menu
				class="button"
				title={gridWords.columns}
				entries={schema.columns.map(({ id, name }) => ({
					label: name,
					checked: picked.columns === null || picked.columns.includes(id),
					many: true,
					onPress: () => change({ columns: withColumn(picked.columns, id, all) }),
				}))}
			>
				{gridWords.columnCount(picking.columns.length)}
				<Icon name="down" />
			</Menu>
			{isOpen && (
				<Conditions
					filter={picked.filter}
					columns={schema.columns}
					onApply={(filter) => change({ filter })}
					onDone={() => setOpen(false)}
				/>
			)}
		</div>
	);
}

/** Asks once typing rests; Enter asks at once. */
function Search({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
	const [typed, setTyped] = useState(text);
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const ask = (next: string) => {
		clearTimeout(timer.current);
		if (next.trim() !== text) onSearch(next.trim());
	};
	useEffect(() => () => clearTimeout(timer.current), []);
	useEffect(() => {
		// Taken away elsewhere ("Show all rows").
		if (text !== typed.trim()) setTyped(text);
	}, [text]);
	return (
		<input
			class="input pick-search"
			type="search"
			maxLength={200}
			autocomplete="off"
			aria-label={words.search}
			placeholder={words.search}
			value={typed}
			onInput={({ currentTarget: { value } }) => {
				setTyped(value);
				clearTimeout(timer.current);
				timer.current = setTimeout(() => ask(value), restMs);
			}}
			onKeyDown={(event) => {
				if (event.key === "Enter") ask(typed);
			}}
		/>
	);
}
