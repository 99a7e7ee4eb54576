import { useEffect, useRef, useState } from "preact/hooks";
import type { LocalRecord, Outbox } from "../../../outbox/types.ts";
import { Icon } from "../../parts/icon.tsx";
import { recordsWords as words } from "../../words/records.ts";
import { optionsPath } from "../route.ts";

/** More than anybody reads through; another word finds the rest. */
const mostFound = 200;

/** Between two keys of one word. */
const restMs = 150;

/** Searches while it is typed in; the address follows, so that a search can be kept and shared by its link. */
export function SearchBox({ search }: { search: string | null }) {
	const [text, setText] = useState(search ?? "");
	/** What this box has put into the address: anything else there came by a link. */
	const told = useRef(search ?? "");
	useEffect(() => {
		const wanted = text.trim();
		if (wanted === told.current) return undefined;
		const timer = setTimeout(() => {
			told.current = wanted;
			location.replace(wanted === "" ? optionsPath("records") : optionsPath("records", "search", wanted));
		}, restMs);
		return () => clearTimeout(timer);
	}, [text]);
	useEffect(() => {
		if ((search ?? "") === told.current) return;
		told.current = search ?? "";
		setText(search ?? "");
	}, [search]);
	return (
		<label class="search-box">
			<Icon name="search" />
			<span class="hidden-visually">{words.search}</span>
			<input
				class="input"
				type="search"
				placeholder={words.search}
				value={text}
				onInput={(event) => setText(event.currentTarget.value)}
			/>
		</label>
	);
}

/** What is found, read again when a record changes; null: nothing is searched for, or the answer is not there yet. */
export function useFound(outbox: Outbox, search: string | null): LocalRecord[] | null {
	const [found, setFound] = useState<LocalRecord[] | null>(null);
	useEffect(() => {
		setFound(null);
		if (search === null) return undefined;
		let left = false;
		const look = () =>
			void outbox.search(search, mostFound).then(
				(records) => left || setFound(records),
				() => undefined,
			);
		look();
		const stop = outbox.onChange(look);
		return () => {
			left = true;
			stop();
		};
	}, [outbox, search]);
	return found;
}
