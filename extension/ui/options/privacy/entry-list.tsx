import { useEffect, useMemo, useState } from "preact/hooks";
import { pairs } from "../../../diagnostics/copied-text.ts";
import type { Entry } from "../../../diagnostics/entry.ts";
import { locale } from "../../../i18n/locale.ts";
import { openOwnRing } from "../../local/diagnostics.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { diagnosticsWords as words } from "../../words/diagnostics.ts";

type Filter = "all" | "warn" | "error";

const filters = [
	{ name: "all", words: words.see.all },
	{ name: "warn", words: words.see.warn },
	{ name: "error", words: words.see.error },
] as const;

/** More than anybody reads at once, and few enough to be drawn at once. */
const pageSize = 100;

/** The entries themselves, read when somebody opens them and while they are open. */
export function EntryList() {
	const [open, setOpen] = useState(false);
	return (
		<details class="entries" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{words.see.open}</summary>
			{open && <Entries />}
		</details>
	);
}

function Entries() {
	const entries = useEntries();
	const [filter, setFilter] = useState<Filter>("all");
	const [shown, setShown] = useState(pageSize);
	const clock = useMemo(() => new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "medium" }), []);
	if (entries === null) return null;
	const chosen = entries.filter(({ level }) => filter === "all" || level === "error" || level === filter);
	return (
		<>
			<FilterChoice
				chosen={filter}
				onChoose={(next) => {
					setFilter(next);
					setShown(pageSize);
				}}
			/>
			<p class="muted" role="status">
				{words.see.count(chosen.length)}
			</p>
			{chosen.length === 0 ? (
				<Empty icon="list">{words.see.none}</Empty>
			) : (
				<ol class="card entry-list" aria-label={words.see.label}>
					{chosen.slice(0, shown).map((entry, place) => (
						<Line key={chosen.length - place} entry={entry} when={clock.format(entry.at)} />
					))}
				</ol>
			)}
			{chosen.length > shown && <Button onPress={() => setShown(shown + pageSize)}>{words.see.more}</Button>}
		</>
	);
}

function FilterChoice({ chosen, onChoose }: { chosen: Filter; onChoose: (filter: Filter) => void }) {
	return (
		<fieldset>
			<legend class="hidden-visually">{words.see.filter}</legend>
			<div class="segments">
				{filters.map((one) => (
					<label class="segment" key={one.name}>
						<input
							type="radio"
							name="entries"
							class="hidden-visually"
							checked={chosen === one.name}
							onChange={() => onChoose(one.name)}
						/>
						{one.words}
					</label>
				))}
			</div>
		</fieldset>
	);
}

/** What is said in the entries is the same in every language: it is to be shown to somebody who helps. */
function Line({ entry, when }: { entry: Entry; when: string }) {
	const { at, level, context, event, attributes } = entry;
	return (
		<li class="entry" data-level={level}>
			<span class="entry-head">
				<time dateTime={new Date(at).toISOString()}>{when}</time>
				{level !== "info" && <span class="entry-level">{words.levels[level]}</span>}
			</span>
			<code dir="ltr">{[context, event, pairs(attributes)].filter((part) => part !== "").join(" ")}</code>
		</li>
	);
}

/** The newest first; null until they are read, and none where they cannot be. */
function useEntries(): Entry[] | null {
	const [entries, setEntries] = useState<Entry[] | null>(null);
	useEffect(() => {
		let left = false;
		const ring = openOwnRing();
		const read = async () => {
			const all = await (await ring).all().catch(() => []);
			if (!left) setEntries(all.toReversed());
		};
		ring
			.then((opened) => {
				opened.onChange(() => void read());
				return read();
			})
			.catch(() => setEntries([]));
		return () => {
			left = true;
			ring.then((opened) => opened.close()).catch(() => undefined);
		};
	}, []);
	return entries;
}
